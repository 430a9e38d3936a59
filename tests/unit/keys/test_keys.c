/* SPDX-License-Identifier: Apache-2.0 */
/* liangxin-keys as a program, in a folder of its own: what it makes, and that a key once made stays. */
#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zmq.h>

#include "support/cmocka_all.h"

extern char **environ;

static const struct {
    const char *name;
    mode_t mode;
    size_t size;
} files[] = {
    { "organizations.curve.secret", 0600, 41 },
    { "transfers.curve.secret", 0600, 41 },
    { "dues.curve.secret", 0600, 41 },
    { "training.curve.secret", 0600, 41 },
    { "notifications.curve.secret", 0600, 41 },
    { "gateway.curve.secret", 0600, 41 },
    { "operator.curve.secret", 0600, 41 },
    { "actor.secret", 0600, 65 },
    { "actor.public", 0644, 65 },
    { "identity.keys", 0600, 65 },
    { "identity.index", 0600, 65 },
    { "letter.keys", 0600, 65 },
    { "cursor.keys", 0600, 65 },
};
#define FILES (sizeof files / sizeof files[0])

static char folder[] = "/tmp/liangxin-keys.XXXXXX";

static int
run_program(const char *argument)
{
    char *arguments[] = { (char *)KEYS_PROGRAM, (char *)argument, NULL };
    pid_t child;
    int state;

    assert_int_equal(posix_spawn(&child, KEYS_PROGRAM, NULL, NULL, arguments, environ), 0);
    assert_int_equal(waitpid(child, &state, 0), child);
    assert_true(WIFEXITED(state));
    return WEXITSTATUS(state);
}

static size_t
read_file(const char *name, char *text, size_t size)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    ssize_t n = read(fd, text, size - 1);
    assert_true(n >= 0);
    close(fd);
    text[n] = '\0';
    return (size_t)n;
}

static void
write_file(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void
remove_file(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(unlink(path), 0);
}

static int
make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/liangxin-keys.XXXXXX");
    return mkdtemp(folder) && run_program(folder) == 0 ? 0 : -1;
}

static int
remove_folder(void **state)
{
    (void)state;
    DIR *open_folder = opendir(folder);
    for (struct dirent *entry; (entry = readdir(open_folder));)
        if (entry->d_name[0] != '.')
            remove_file(entry->d_name);
    closedir(open_folder);
    return rmdir(folder); /* fails when something was left beside the keys */
}

static void
test_every_key_is_made_for_its_owner_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < FILES; i++) {
        char path[256], text[128];
        struct stat about;
        snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        assert_int_equal(stat(path, &about), 0);
        assert_int_equal(about.st_mode & 07777, files[i].mode);
        assert_int_equal(read_file(files[i].name, text, sizeof text), files[i].size);
    }
}

static void
test_peers_holds_the_public_key_of_each_secret(void **state)
{
    (void)state;
    char peers[4096], secret[64], public_key[41], line[128];
    read_file("peers", peers, sizeof peers);
    for (size_t i = 0; i < FILES; i++) {
        if (!strstr(files[i].name, ".curve."))
            continue;
        read_file(files[i].name, secret, sizeof secret);
        secret[40] = '\0';
        assert_int_equal(zmq_curve_public(public_key, secret), 0);
        snprintf(line, sizeof line, "%.*s %s\n", (int)strcspn(files[i].name, "."), files[i].name, public_key);
        assert_non_null(strstr(peers, line));
    }
}

static void
test_a_second_run_changes_nothing(void **state)
{
    (void)state;
    char before[FILES][128], after[128], peers[4096], peers_after[4096];
    for (size_t i = 0; i < FILES; i++)
        read_file(files[i].name, before[i], sizeof before[i]);
    read_file("peers", peers, sizeof peers);
    assert_int_equal(run_program(folder), 0);
    for (size_t i = 0; i < FILES; i++) {
        read_file(files[i].name, after, sizeof after);
        assert_string_equal(before[i], after);
    }
    read_file("peers", peers_after, sizeof peers_after);
    assert_string_equal(peers, peers_after);
}

static void
test_a_foreign_peer_stays_and_a_missing_line_comes_back(void **state)
{
    (void)state;
    char peers[4096];
    const char *foreign = "elsewhere rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
    write_file("peers", foreign);
    assert_int_equal(run_program(folder), 0);
    read_file("peers", peers, sizeof peers);
    assert_memory_equal(peers, foreign, strlen(foreign));
    assert_non_null(strstr(peers, "\norganizations "));
    assert_non_null(strstr(peers, "\noperator "));
}

static void
test_a_secret_that_was_lost_is_told(void **state)
{
    (void)state;
    remove_file("dues.curve.secret");
    assert_int_equal(run_program(folder), 1);
}

static void
test_a_damaged_secret_is_told(void **state)
{
    (void)state;
    write_file("dues.curve.secret", "too short\n");
    assert_int_equal(run_program(folder), 1);
}

static void
test_a_wrong_call_is_told(void **state)
{
    (void)state;
    assert_int_equal(run_program("--unknown"), 2);
    assert_int_equal(run_program("/nowhere/at/all"), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_key_is_made_for_its_owner_alone, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_peers_holds_the_public_key_of_each_secret, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_a_second_run_changes_nothing, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_a_foreign_peer_stays_and_a_missing_line_comes_back, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(test_a_secret_that_was_lost_is_told, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_a_damaged_secret_is_told, make_folder, remove_folder),
        cmocka_unit_test(test_a_wrong_call_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
