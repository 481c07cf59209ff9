package org.tandemgw.gateway.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the audit files are what was written. Reads files only, on a running or a stopped site; changes nothing.
 *
 * <p>The chain shows what was changed, removed or inserted; the seal shows what was cut off at the end. What came after the last seal may have been torn by
 * a power loss, and only there: a line that is not whole before it is no accident. Who can write to the folder can also make a new chain and a new seal: that
 * is found only by comparing with a copy of the seal kept elsewhere.
 */
public final class AuditProof {
    /**
     * One thing that is not as it was written.
     *
     * @param line counted from 1; the first that differs
     */
    public record Finding(String file, long line, String what) {}

    /**
     * What was found.
     *
     * @param sound true if nothing is wrong, and what can be known is known
     * @param unknown why something cannot be known; else null
     * @param lines in all files
     * @param linked how many of them stand in the chain
     * @param notSealed how many came after the last seal
     * @param notes what is no harm, like a line torn by a power loss
     */
    public record Verdict(
            boolean sound,
            String unknown,
            long files,
            long lines,
            long linked,
            long notSealed,
            List<Finding> findings,
            List<Finding> notes) {}

    private static final int MOST = 200;
    private static final int ATTEMPTS = 3;
    private static final Pattern BEGINNING = Pattern.compile(
            "\"message\":\"(\\d+) lines stand before this one, (\\d+) bytes, their SHA-256 is ([0-9a-f]{64})\"");

    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> notes = new ArrayList<>();
    private String unknown;
    private long lines;
    private long linked;
    private long notSealed;

    /** What the next line has to follow; null before the first that stands in the chain. */
    private String lastHash;

    private long lastNumber;
    private String sealedHash;
    private boolean sealedSeen;
    private Finding lastPlace;

    private AuditProof() {}

    /** Of the audit files below this folder. */
    public static Verdict of(Path data) throws IOException {
        final Path audit = data.resolve(AuditFile.NAME);
        for (int attempt = 1; ; attempt++) {
            final List<Path> before = files(audit);
            final Verdict verdict = new AuditProof().look(audit, before);
            if (attempt == ATTEMPTS || files(audit).equals(before)) {
                return verdict; // else it was set aside meanwhile
            }
        }
    }

    private static List<Path> files(Path audit) throws IOException {
        final List<Path> files = new ArrayList<>(AuditEnd.setAside(audit));
        if (Files.exists(audit)) {
            files.add(audit);
        }
        return files;
    }

    private Verdict look(Path audit, List<Path> files) throws IOException {
        AuditSeal seal = null;
        try {
            seal = AuditSeal.read(audit); // before the file: what is written meanwhile comes after the seal
        } catch (IOException e) {
            unknown = e.getMessage() + ": whether lines are missing at the end cannot be known";
        }
        boolean fits = false;
        sealedHash = seal == null ? "" : seal.hash();
        for (final Path file : files) {
            final byte[] bytes = Files.readAllBytes(file);
            final boolean sealed = seal != null && seal.fits(file);
            fits |= sealed;
            follow(file.getFileName().toString(), bytes, sealed ? seal.bytes() : 0, file.equals(audit) && !sealed);
        }
        if (seal != null && !fits && (findings.isEmpty() || !sealedSeen)) {
            final long have = files.isEmpty()
                    ? 0
                    : AuditLine.of(Files.readAllBytes(files.get(files.size() - 1)))
                            .size();
            add(
                    findings,
                    AuditFile.NAME,
                    Math.min(seal.lines(), have + 1),
                    "cut off or not what was sealed: it had " + seal.lines() + " lines and " + seal.bytes()
                            + " bytes, the last of them number " + seal.number());
        } else if (seal == null && unknown == null && linked > 0) {
            unknown = "there is no " + AuditSeal.NAME + ": whether lines are missing at the end cannot be known";
        } else if (linked == 0 && lines > 0) {
            unknown = "no line stands in a chain yet: it begins with the next one that is written";
        }
        return new Verdict(
                findings.isEmpty() && unknown == null,
                unknown,
                files.size(),
                lines,
                linked,
                notSealed,
                List.copyOf(findings),
                List.copyOf(notes));
    }

    private void follow(String file, byte[] bytes, long sealed, boolean allNew) {
        final List<AuditLine> all = AuditLine.of(bytes);
        long at = 0;
        for (int i = 0; i < all.size(); i++) {
            final AuditLine line = all.get(i);
            final AuditLine next = i + 1 < all.size() ? all.get(i + 1) : null;
            final boolean isNew = allNew || at >= sealed;
            lines++;
            sealedSeen |= line.hash().equals(sealedHash);
            notSealed += (allNew || sealed > 0) && isNew ? 1 : 0;
            if (line.linked()) {
                linked++;
                if (lastHash == null) {
                    first(file, i, line, bytes, (int) at);
                    goOn(file, i, line);
                } else {
                    linked(file, i, line);
                }
            } else if (lastHash != null) {
                notLinked(file, i, line, next, isNew);
            }
            at += line.bytes();
        }
    }

    private void linked(String file, int index, AuditLine line) {
        if (line.number() <= lastNumber) {
            add(
                    findings,
                    file,
                    index + 1,
                    "inserted, or moved here: its number is " + line.number() + ", and " + lastNumber
                            + " stands before it");
            return; // the next one has to follow the line before
        }
        if (line.number() > lastNumber + 1) {
            add(
                    findings,
                    file,
                    index + 1,
                    "lines are missing before this one: number " + (lastNumber + 1)
                            + (line.number() == lastNumber + 2 ? "" : " to " + (line.number() - 1)));
        } else if (!line.before().equals(lastHash)) {
            add(
                    findings,
                    lastPlace.file(),
                    lastPlace.line(),
                    "changed after it was written: the next line has another hash of it");
        }
        if (line.text().contains("\"action\":\"" + AuditFile.BROKEN + "\"")) {
            add(findings, file, index + 1, "Tandem noted here: " + message(line));
        }
        if (line.text().contains("\"action\":\"" + AuditFile.INCOMPLETE + "\"")) {
            add(notes, file, index + 1, "Tandem noted here: " + message(line));
        }
        goOn(file, index, line);
    }

    private void goOn(String file, int index, AuditLine line) {
        if (!line.ended()) {
            add(notes, file, index + 1, "the end of this line is missing, its text is there");
        }
        lastNumber = line.number();
        lastHash = line.hash();
        lastPlace = new Finding(file, index + 1, "");
    }

    private void first(String file, int index, AuditLine line, byte[] bytes, int at) {
        final Matcher beginning = BEGINNING.matcher(line.text());
        if (line.number() != 1 || !beginning.find()) {
            add(
                    findings,
                    file,
                    index + 1,
                    "lines are missing before this one: number 1"
                            + (line.number() > 2 ? " to " + (line.number() - 1) : "")
                            + "; was a file audit-….jsonl taken away?");
            return;
        }
        final boolean same = Long.parseLong(beginning.group(1)) == index
                && Long.parseLong(beginning.group(2)) == at
                && beginning.group(3).equals(AuditLine.hash(bytes, 0, at));
        if (!same) {
            add(
                    findings,
                    file,
                    1,
                    "the " + beginning.group(1)
                            + " lines from before the chain are not what they were when it began, at line "
                            + (index + 1));
        }
    }

    /** A line that was not written to its end is carried by the next one, if a power loss or a full disk tore it. */
    private void notLinked(String file, int index, AuditLine line, AuditLine next, boolean isNew) {
        final boolean carried = next != null && next.linked() && next.before().equals(line.hash());
        if (!line.looksWhole() && (carried || next == null && !line.ended() && isNew)) {
            add(notes, file, index + 1, "torn by a power loss or a full disk while it was written");
        } else {
            add(
                    findings,
                    file,
                    index + 1,
                    carried
                            ? "not written by this version of Tandem, which went on behind it"
                            : "inserted, or changed after it was written: it does not end with its number and a hash");
        }
        if (carried) {
            lastHash = line.hash();
        } else if (next != null && next.linked() && next.number() == lastNumber + 2) {
            lastNumber++;
            lastHash = next.before(); // it was this line, before it was changed
        }
    }

    private static String message(AuditLine line) {
        final Matcher message = Pattern.compile("\"message\":\"([^\"]*)\"").matcher(line.text());
        return message.find() ? message.group(1) : "";
    }

    private static void add(List<Finding> to, String file, long line, String what) {
        if (to.size() < MOST) {
            to.add(new Finding(file, Math.max(1, line), what));
        }
    }
}
