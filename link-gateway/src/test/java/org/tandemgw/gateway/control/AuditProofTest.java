package org.tandemgw.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.time.SystemClock;

/** Somebody has been at the audit file: what is found, and on which line. */
class AuditProofTest {
    private static final Operator JD = new Operator("jd", "a test");

    @TempDir
    Path data;

    private Path path;
    private AuditFile audit;

    @BeforeEach
    void open() {
        path = data.resolve(AuditFile.NAME);
        audit = new AuditFile(path, new SystemClock());
    }

    @AfterEach
    void close() {
        audit.close();
    }

    @Test
    void shouldBeSoundAsItWasWritten() throws IOException {
        write(5);

        final AuditProof.Verdict verdict = AuditProof.of(data);

        assertTrue(verdict.sound(), verdict::toString);
        assertEquals(6, verdict.linked(), "five, and the one that begins the chain");
        assertEquals(0, verdict.notSealed());
    }

    @Test
    void shouldFindEveryByteThatIsChangedAndNameItsLine() throws IOException {
        write(2);
        final byte[] good = Files.readAllBytes(path);
        int line = 1;
        for (int at = 0; at < good.length; at++) {
            final byte[] bad = good.clone();
            bad[at] ^= (byte) (at % 2 == 0 ? 1 : 0x20);
            Files.write(path, bad);
            requireNamed(line, "byte " + at + " of line " + line);
            line += good[at] == '\n' ? 1 : 0;
        }
    }

    @Test
    void shouldFindEveryByteThatIsTakenOutOrPutIn() throws IOException {
        write(1);
        final byte[] good = Files.readAllBytes(path);
        int line = 1;
        for (int at = 0; at < good.length; at++) {
            final byte[] shorter = new byte[good.length - 1];
            System.arraycopy(good, 0, shorter, 0, at);
            System.arraycopy(good, at + 1, shorter, at, good.length - at - 1);
            Files.write(path, shorter);
            requireNamed(line, "without byte " + at);
            final byte[] longer = new byte[good.length + 1];
            System.arraycopy(good, 0, longer, 0, at);
            longer[at] = 'x';
            System.arraycopy(good, at, longer, at + 1, good.length - at);
            Files.write(path, longer);
            requireNamed(line, "with a byte at " + at);
            line += good[at] == '\n' ? 1 : 0;
        }
    }

    @Test
    void shouldFindATailThatIsCutOffAnywhere() throws IOException {
        write(3);
        final byte[] good = Files.readAllBytes(path);
        for (int end = 0; end < good.length; end++) {
            Files.write(path, Arrays.copyOf(good, end));
            assertFalse(AuditProof.of(data).sound(), "cut at " + end);
        }
        Files.delete(path);
        assertFalse(AuditProof.of(data).sound(), "gone");
    }

    @Test
    void shouldNameLinesThatWereRemovedInsertedOrMoved() throws IOException {
        write(6);
        final List<String> good = Files.readAllLines(path);

        final List<String> removed = new ArrayList<>(good);
        removed.subList(2, 4).clear();
        Files.write(path, removed);
        assertEquals("3: lines are missing before this one: number 3 to 4", firstFinding());

        final List<String> inserted = new ArrayList<>(good);
        inserted.add(3, "{\"at\":\"2026-11-21T06:10:00Z\",\"who\":\"jd\",\"action\":\"leg release\",\"ok\":true}");
        Files.write(path, inserted);
        assertTrue(firstFinding().startsWith("4: inserted, or changed"), this::firstFinding);
        assertEquals(
                1,
                AuditProof.of(data).findings().stream()
                        .filter(each -> each.line() < 8)
                        .count());

        final List<String> repeated = new ArrayList<>(good);
        repeated.add(5, good.get(2));
        Files.write(path, repeated);
        assertEquals("6: inserted, or moved here: its number is 3, and 5 stands before it", firstFinding());
    }

    @Test
    void shouldTellALineThatAPowerLossToreFromOneThatWasChanged() throws IOException {
        write(3);
        final byte[] sealed = Files.readAllBytes(path);
        Files.writeString(path, "{\"at\":\"2026-11-21T06:10:00Z\",\"who\":\"j", StandardOpenOption.APPEND);

        final AuditProof.Verdict torn = AuditProof.of(data);
        assertTrue(torn.sound(), torn::toString);
        assertEquals(5, torn.notes().get(0).line());
        assertTrue(torn.notes().get(0).what().startsWith("torn by a power loss"), torn::toString);

        write(2);
        final AuditProof.Verdict goneOn = AuditProof.of(data);
        assertTrue(goneOn.sound(), goneOn::toString);
        assertEquals(5, goneOn.notes().get(0).line());

        Files.write(path, Arrays.copyOf(sealed, sealed.length - 20));
        assertFalse(AuditProof.of(data).sound(), "what was sealed is torn by nobody but a person");
    }

    @Test
    void shouldTakeOverAFileFromBeforeTheChainAndKeepItAsItWas() throws IOException {
        final String old = "{\"at\":\"2026-10-01T06:10:00Z\",\"who\":\"jd\",\"action\":\"leg release\",\"ok\":true}\n";
        Files.writeString(path, old + old);
        assertNull(AuditProof.of(data).findings().stream().findFirst().orElse(null));
        assertTrue(AuditProof.of(data).unknown().contains("no line stands in a chain yet"));

        write(2);
        final AuditProof.Verdict verdict = AuditProof.of(data);
        assertTrue(verdict.sound(), verdict::toString);
        assertEquals(5, verdict.lines());
        assertEquals(3, verdict.linked());

        Files.writeString(path, Files.readString(path).replaceFirst("jd", "xx"));
        assertTrue(firstFinding().startsWith("1: the 2 lines from before the chain are not what they were"));
    }

    @Test
    void shouldSayForEverThatItsEndWasMissingOnce() throws IOException {
        write(5);
        final List<String> good = Files.readAllLines(path);
        Files.write(path, good.subList(0, 3));
        write(2);
        write(1);

        final AuditProof.Verdict verdict = AuditProof.of(data);
        assertFalse(verdict.sound());
        assertTrue(
                verdict.findings().stream().anyMatch(each -> each.what().contains("Tandem noted here")),
                verdict::toString);
    }

    @Test
    void shouldGoOnInTheNextFileAndMissTheOneBeforeWhenItIsTakenAway() throws IOException {
        final AuditFile small = new AuditFile(path, new SystemClock(), 1_000);
        for (int i = 0; i < 12; i++) {
            small.append("leg release", "acd1/leg-1", JD, Answer.done("done"));
        }
        small.close();
        final List<Path> aside = AuditEnd.setAside(path);
        assertTrue(aside.size() >= 2, aside::toString);
        final AuditProof.Verdict verdict = AuditProof.of(data);
        assertTrue(verdict.sound(), verdict::toString);
        assertEquals(13, verdict.linked());

        final byte[] kept = Files.readAllBytes(aside.get(1));
        Files.delete(aside.get(1));
        assertTrue(firstFinding().contains("lines are missing before this one"), this::firstFinding);
        Files.write(aside.get(1), kept);
        assertTrue(AuditProof.of(data).sound());
        Files.delete(aside.get(0));
        assertTrue(firstFinding().contains("taken away?"), this::firstFinding);
    }

    /** A device that is always full stands in for the disk. */
    @Test
    void shouldSayHowManyEntriesAFullDiskDidNotTake() throws IOException {
        write(2);
        final Path aside = Files.move(path, data.resolve("kept"));
        Files.createSymbolicLink(path, Path.of("/dev/full"));
        audit.append("mode", "held", JD, Answer.done("in effect: held"));
        audit.append("switch", "west", JD, Answer.done("decision 1 has begun"));
        Files.delete(path);
        Files.move(aside, path);
        write(1);

        final AuditProof.Verdict verdict = AuditProof.of(data);
        assertTrue(verdict.sound(), verdict::toString);
        assertEquals(1, verdict.notes().size(), verdict::toString);
        assertEquals(4, verdict.notes().get(0).line());
        final String what = verdict.notes().get(0).what();
        assertTrue(what.startsWith("Tandem noted here: 2 entries could not be written, from 20"), what);
        assertTrue(what.contains("No space left on device"), what);
        write(1);
        assertEquals(1, AuditProof.of(data).notes().size(), "it is said once");
    }

    @Test
    void shouldNotCallSoundWhatCannotBeKnown() throws IOException {
        write(2);
        Files.delete(data.resolve(AuditSeal.NAME));
        assertFalse(AuditProof.of(data).sound());
        assertTrue(AuditProof.of(data).unknown().contains("cannot be known"));

        Files.writeString(data.resolve(AuditSeal.NAME), "{\"bytes\":");
        assertFalse(AuditProof.of(data).sound());
    }

    private void write(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            audit.append("leg busy-out", "acd1/leg-" + i, JD, Answer.done("done"));
        }
        audit.close();
        audit.seal();
    }

    private void requireNamed(int line, String what) throws IOException {
        final AuditProof.Verdict verdict = AuditProof.of(data);
        assertFalse(verdict.sound(), what);
        assertTrue(
                verdict.findings().stream().anyMatch(each -> Math.abs(each.line() - line) <= 1),
                () -> what + ": " + verdict);
    }

    private String firstFinding() {
        try {
            final AuditProof.Finding first = AuditProof.of(data).findings().get(0);
            return first.line() + ": " + first.what();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
