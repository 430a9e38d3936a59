/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of the six processes of the real system when nobody asks for anything: their proportional set sizes together,
 * after each has answered once and two seconds have passed. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "support/system.h"

#define LIMIT_MB 80.0
#define QUIET_MS 2000

static const char *const processes[] = { "organizations", "transfers", "dues", "training", "notifications", "gateway" };

/* Kilobytes. */
static int64_t
pss_of(int pid)
{
    char path[64];
    char line[128];
    int64_t kb = -1;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    file = fopen(path, "re");
    CHECK(file != NULL);
    while (kb < 0 && fgets(line, sizeof line, file))
        if (sscanf(line, "Pss: %" SCNd64, &kb) != 1)
            kb = -1;
    fclose(file);
    CHECK(kb > 0);
    return kb;
}

int
main(void)
{
    struct test_pg *pg = test_pg_open();
    struct test_system *system = test_system_new(pg);
    double total = 0;

    test_system_bootstrap(system);
    test_system_start_all(system);
    poll(NULL, 0, QUIET_MS);
    for (size_t i = 0; i < sizeof processes / sizeof *processes; i++) {
        double mb = (double)pss_of(test_system_pid(system, processes[i])) / 1024;

        fprintf(stderr, "memory_idle: %s %.1f MB\n", processes[i], mb);
        total += mb;
    }
    printf("{\"bench\":\"memory_idle\",\"ours\":%.1f,\"limit\":%.0f,\"ratio\":%.2f,\"unit\":\"MB\"}\n", total, LIMIT_MB,
           total / LIMIT_MB);
    test_system_free(system);
    test_pg_close(pg);
    return 0;
}
