/* SPDX-License-Identifier: Apache-2.0 */
/* Every setting of any process; generated from the *.def files by ops/cmake/known_settings.cmake. Ends with NULL. */
#ifndef LIANGXIN_IO_KNOWN_SETTINGS_H
#define LIANGXIN_IO_KNOWN_SETTINGS_H

extern const char *const known_settings[];

#endif
