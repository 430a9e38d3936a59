/* SPDX-License-Identifier: Apache-2.0 */
/* Where a broken invariant ends the process. Any thread; owns nothing. */
#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void
check_failed(const char *file, int line, const char *text)
{
    fprintf(stderr, "{\"level\":\"fatal\",\"event\":\"check-failed\",\"at\":\"%s:%d\",\"what\":\"%s\"}\n", file, line,
            text);
    abort();
}
