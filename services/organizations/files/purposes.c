/* SPDX-License-Identifier: Apache-2.0 */
/* Purposes of files as two tables: put by people, made by jobs. Main thread at start. */
#include "organizations/files/purposes.h"

#include "base/banned.h"

#define SHEETS    (MEDIA_BIT(MEDIA_CSV) | MEDIA_BIT(MEDIA_XLSX))
#define PAPERS    (MEDIA_BIT(MEDIA_PDF) | MEDIA_BIT(MEDIA_JPEG) | MEDIA_BIT(MEDIA_PNG) | MEDIA_BIT(MEDIA_XLSX))
#define MADE_MOST ((int64_t)1024 * 1024 * 1024) /* a job's file: its rows are limited, not its bytes */

void
purposes_open(struct organizations_state *state)
{
    const struct organizations_settings *settings = state->settings;
    const struct file_purpose uploads[] = {
        { PURPOSE_IMPORT, SHEETS, settings->file_import_most, settings->file_import_days },
        { PURPOSE_DOCUMENT, PAPERS, settings->file_document_most, settings->file_document_days },
        { 0 },
    };
    const struct file_purpose made[] = {
        { PURPOSE_RESULT, SHEETS, MADE_MOST, settings->file_import_days },
        { PURPOSE_EXPORT, SHEETS, MADE_MOST, settings->export_days },
        { 0 },
    };

    _Static_assert(sizeof uploads == sizeof state->uploads && sizeof made == sizeof state->made, "tables as declared");
    memcpy(state->uploads, uploads, sizeof uploads);
    memcpy(state->made, made, sizeof made);
}
