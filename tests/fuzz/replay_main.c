/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target over every file of its corpus: the regression half of fuzzing, without a fuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_LIMIT ((size_t)2 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
replay(const char *directory, const char *name, uint8_t *input)
{
    char path[4096];
    uint8_t *exact;
    FILE *file;
    size_t size;

    snprintf(path, sizeof path, "%s/%s", directory, name);
    file = fopen(path, "rb");
    if (!file)
        return 1;
    size = fread(input, 1, INPUT_LIMIT, file);
    fclose(file);
    exact = malloc(size ? size : 1); /* of this size, so that a read beyond it is seen */
    if (!exact)
        return 1;
    memcpy(exact, input, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

int
main(int argc, char **argv)
{
    DIR *directory = argc == 2 ? opendir(argv[1]) : NULL;
    uint8_t *input = malloc(INPUT_LIMIT);
    struct dirent *entry;
    size_t count = 0;
    int failed = 0;

    if (!directory || !input) {
        fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
        return 2;
    }
    while ((entry = readdir(directory)) != NULL)
        if (entry->d_name[0] != '.') {
            failed |= replay(argv[1], entry->d_name, input);
            count++;
        }
    closedir(directory);
    free(input);
    printf("%zu inputs\n", count);
    return failed || count == 0;
}
