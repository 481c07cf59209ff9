package org.tandemgw.gateway.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tandem is installed over an older one that runs: what runs goes on, what is written stays, and there is a way back. */
@Tag("slow")
@Timeout(1_800)
class InstalledOverAnOlderOneTest {
    private static final String UPGRADES = """
            fail() { echo "WRONG: $*"; exit 1; }
            echo '---- the first'
            ./tandem install > "$1/first" 2>&1 || { cat "$1/first"; exit 1; }
            ! grep -q 'to go back' "$1/first" || fail "there is nothing to go back to"
            older=$(readlink -f /opt/tandem/current)
            cat > /etc/tandem/tandem.yaml <<'END'
            site: hq
            data: /var/lib/tandem
            journal: { min-free: 64MiB }
            acds:
              - name: acd1
                profile: opaque-line
                mode: merge
                legs:
                  - { connect: "127.0.0.1:5001" }
                  - { connect: "127.0.0.1:5002" }
            servers:
              - name: east
                feed: { soupbintcp: { listen: "127.0.0.1:7001", user: east, secret-file: east.secret } }
              - name: west
                feed: { soupbintcp: { listen: "127.0.0.1:7002", user: west, secret-file: west.secret } }
            END
            (umask 077; echo east-123 > /etc/tandem/east.secret; echo west-123 > /etc/tandem/west.secret)
            sum=$(sha256sum /etc/tandem/*)
            tandem run -c /etc/tandem/tandem.yaml > "$1/out" 2> "$1/err" &
            pid=$!
            for i in $(seq 600); do grep -qx ready "$1/out" && break; sleep 0.2; done
            grep -qx ready "$1/out" || { cat "$1/err"; fail "it is not ready"; }
            echo '---- over it, five times'
            for i in 1 2 3 4 5; do
                sleep 1.1
                ./tandem install > "$1/next" 2>&1 || { cat "$1/next"; exit 1; }
            done
            grep -q "to go back: ln -sfn /opt/tandem/.* /opt/tandem/current" "$1/next" || { cat "$1/next"; fail "no way back"; }
            newer=$(readlink -f /opt/tandem/current)
            [ "$newer" != "$older" ] || fail "nothing new"
            [ "$sum" = "$(sha256sum /etc/tandem/*)" ] || fail "the configuration was touched"
            kill -0 $pid || fail "what ran has ended"
            tandem status -c /etc/tandem/tandem.yaml --json | grep -q "\\"pid\\":$pid" || fail "what runs does not answer the new command"
            [ -x "$older/tandem" ] || fail "what runs was removed"
            [ "$(ls -d /opt/tandem/*-20* | wc -l)" = 4 ] || { ls /opt/tandem; fail "three, and the one that runs"; }
            echo '---- back'
            kill $pid; wait $pid || fail "it did not end with 0"
            back=$(sed -n 's/.*to go back: \\(ln -sfn [^,]*\\),.*/\\1/p' "$1/next")
            $back
            [ "$(readlink -f /opt/tandem/current)" != "$newer" ] || fail "not back: $back"
            tandem check -c /etc/tandem/tandem.yaml > /dev/null || fail "the one before does not take the file"
            echo '---- end'
            """;

    @TempDir
    Path folder;

    @Test
    void shouldLeaveAloneWhatRunsAndWhatIsWritten() throws Exception {
        if (!OwnMachine.canRun()) {
            return;
        }
        final OwnMachine.Ended ended = new OwnMachine(folder).run(UPGRADES, 25);
        assertTrue(ended.well() && ended.said().contains("---- end"), ended::said);
    }
}
