/* SPDX-License-Identifier: Apache-2.0 */
/* Logs of a run, read. The test's thread; owns the file and, between begin and end, descriptor 2. */
#include "e2e/log_scan.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/cmocka_all.h"

#define LINE_LIMIT 65536

static int own_stderr = -1;

static long
size_of(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 ? (long)status.st_size : 0;
}

void
log_scan_begin(struct log_scan *scan)
{
    const char *socket = getenv("LIANGXIN_TEST_PG");
    int fd;

    assert_non_null(socket);
    snprintf(scan->postgres, sizeof scan->postgres, "%s/../log", socket);
    scan->postgres_from = size_of(scan->postgres);
    assert_true(scan->postgres_from > 0);
    snprintf(scan->path, sizeof scan->path, "/tmp/liangxin-test-log.%d", (int)getpid());
    fd = open(scan->path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    own_stderr = dup(STDERR_FILENO);
    assert_true(fd >= 0 && own_stderr >= 0);
    assert_int_equal(setenv("LIANGXIN_TEST_VERBOSE", "1", 1), 0);
    assert_int_equal(dup2(fd, STDERR_FILENO), STDERR_FILENO);
    close(fd);
}

void
log_scan_end(struct log_scan *scan)
{
    (void)scan;
    assert_int_equal(dup2(own_stderr, STDERR_FILENO), STDERR_FILENO);
    close(own_stderr);
    unsetenv("LIANGXIN_TEST_VERBOSE");
}

static void
lacks(const char *path, long from, const char *what, const char *const *words)
{
    FILE *file = fopen(path, "re");
    char *line = malloc(LINE_LIMIT);

    assert_non_null(file);
    assert_non_null(line);
    assert_int_equal(fseek(file, from, SEEK_SET), 0);
    while (fgets(line, LINE_LIMIT, file))
        for (size_t i = 0; words[i]; i++)
            if (strstr(line, words[i]))
                fail_msg("%s: %s number %zu stands in a line", path, what, i + 1);
    fclose(file);
    free(line);
}

void
log_scan_lacks(const struct log_scan *scan, const char *what, const char *const *words)
{
    lacks(scan->path, 0, what, words);
    lacks(scan->postgres, scan->postgres_from, what, words);
}

long
log_scan_size(const struct log_scan *scan)
{
    return size_of(scan->path);
}

void
log_scan_free(struct log_scan *scan)
{
    unlink(scan->path);
}
