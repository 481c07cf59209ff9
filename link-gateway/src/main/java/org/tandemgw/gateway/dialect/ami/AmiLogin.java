package org.tandemgw.gateway.dialect.ami;

import java.util.List;

/**
 * Who logs in, how, and what is asked then.
 *
 * @param user the name, each character one byte
 * @param secret in the same form
 * @param md5 whether the secret is proved and not sent
 * @param events the classes of events that are wanted
 * @param snapshot the lists to ask for, in order
 * @param pingEveryMs 0: never
 * @param ids how each ActionID of ours begins
 */
record AmiLogin(
        String user, String secret, boolean md5, String events, List<String> snapshot, long pingEveryMs, String ids) {
    @Override
    public String toString() {
        return "login of " + user; // never the secret
    }
}
