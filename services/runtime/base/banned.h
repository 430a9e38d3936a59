/* SPDX-License-Identifier: Apache-2.0 */
/* Functions we decided against: no length (strcpy, sprintf), hidden state (strtok, rand, localtime), no error (atoi),
 * a shell (system, popen). The compiler stops whoever forgets. Include after all system headers. */
#ifndef LIANGXIN_BASE_BANNED_H
#define LIANGXIN_BASE_BANNED_H

#undef sprintf /* with clang, _FORTIFY_SOURCE makes it a macro, and those cannot be poisoned */
#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok rand atoi atol atof system popen localtime gmtime

#endif
