/* SPDX-License-Identifier: Apache-2.0 */
/* The recorder. Any thread; the kernel orders the lines (O_APPEND). */
#include "record.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define LINE_SIZE 1024

static int file = -1;

void
record_open(const char *path)
{
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) {
        perror(path);
        exit(1);
    }
}

void
record_line(const char *format, ...)
{
    char line[LINE_SIZE];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(line, sizeof line - 1, format, args);
    va_end(args);
    if (n < 0 || n >= (int)sizeof line - 1)
        abort();
    line[n++] = '\n';
    if (write(file, line, (size_t)n) != n)
        abort();
}

int64_t
record_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
