/* SPDX-License-Identifier: Apache-2.0 */
/* Passwords: argon2id, and the gate in front of it. Any thread; owns one mutex. A hash takes 64 MiB and about a tenth
 * of a second of one core, so few run at once and fewer wait: a crowd at the door must not stop the house. */
#include "io/seal.h"

#include <pthread.h>
#include <sodium.h>

#include "base/banned.h"

#define OPERATIONS   3
#define MEMORY       ((size_t)64 * 1024 * 1024)
#define RUNNING_MOST 2
#define WAITING_MOST 1 /* of the workers: the others stay free for other calls */

_Static_assert(SEAL_PASSWORD == crypto_pwhash_STRBYTES, "the size of a password's hash");

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_opens = PTHREAD_COND_INITIALIZER;
static int running;
static int waiting;

static bool
gate_enter(void)
{
    bool enters;

    pthread_mutex_lock(&gate);
    enters = running < RUNNING_MOST || waiting < WAITING_MOST;
    if (enters) {
        waiting++;
        while (running == RUNNING_MOST)
            pthread_cond_wait(&gate_opens, &gate);
        waiting--;
        running++;
    }
    pthread_mutex_unlock(&gate);
    return enters;
}

static void
gate_leave(void)
{
    pthread_mutex_lock(&gate);
    running--;
    pthread_cond_signal(&gate_opens);
    pthread_mutex_unlock(&gate);
}

bool
seal_password_make(struct slice password, char ret_hash[SEAL_PASSWORD])
{
    bool made;

    if (password.size > SEAL_PASSWORD_LIMIT || !gate_enter())
        return false;
    made = crypto_pwhash_str(ret_hash, password.data, password.size, OPERATIONS, MEMORY) == 0;
    gate_leave();
    return made;
}

enum seal_verdict
seal_password_check(struct slice password, const char *hash)
{
    /* nobody's: it takes the same time as anybody's */
    static const char nobodys[] =
        "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    bool fits;

    if (password.size > SEAL_PASSWORD_LIMIT)
        return SEAL_WRONG;
    if (!gate_enter())
        return SEAL_BUSY;
    fits = crypto_pwhash_str_verify(hash ? hash : nobodys, password.data, password.size) == 0;
    gate_leave();
    return fits && hash ? SEAL_RIGHT : SEAL_WRONG;
}

bool
seal_equal(struct slice a, struct slice b)
{
    return a.size == b.size && sodium_memcmp(a.data, b.data, a.size) == 0;
}
