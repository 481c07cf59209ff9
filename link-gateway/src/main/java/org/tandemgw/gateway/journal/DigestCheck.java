package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares the chain of digests with the records it was made of. A block with a record that cannot be read is not judged: its
 * digest is taken as it is on file, and the chain goes on behind it. Belongs to one thread.
 */
final class DigestCheck {
    private static final int LISTED = 100;
    private static final int LOOKS = 3;

    private final Path file;
    private final DigestChain chain = new DigestChain();
    private final List<JournalCheck.Damage> wrong = new ArrayList<>();

    /** What the chain expects next; -1 if it is not known where to go on. */
    private long next = 1;

    DigestCheck(Path directory) {
        file = directory.resolve(DigestFile.NAME);
    }

    /** The next record that can be read. */
    void add(long sequence, int crc) {
        if (sequence != next) {
            resume((sequence - 1) / DigestChain.BLOCK, sequence);
        }
        if (sequence == next) {
            next++;
            if (chain.add(sequence, crc)) {
                compare(sequence / DigestChain.BLOCK);
            }
        }
    }

    /** These cannot be read. */
    void unknown(long from, long through) {
        if (next >= from && next <= through) {
            next = -1;
        }
    }

    /** The chain goes on only behind the end of a block. */
    private void resume(long block, long sequence) {
        if (block * DigestChain.BLOCK + 1 == sequence) {
            final ByteBuffer entry = entry(block);
            if (entry != null && DigestFile.isKnown(entry.array())) {
                chain.resume(block, entry.array());
                next = sequence;
            }
        }
    }

    private void compare(long block) {
        final ByteBuffer entry = entry(block);
        if (entry == null) {
            if (block <= blocks() && isDamaged(block)) {
                list(block, "this entry is damaged, which costs nothing");
            }
            return;
        }
        final int length = DigestFile.DIGEST_LENGTH;
        if (DigestFile.isKnown(entry.array()) && !Arrays.equals(entry.array(), 0, length, chain.digest(), 0, length)) {
            list(block, "the digest through record " + block * DigestChain.BLOCK + " is not that of the records");
            chain.resume(block, entry.array());
        }
    }

    /** Zeros are room kept ahead, an entry that was left out, or one that is given back. One being written is whole a moment later. */
    private boolean isDamaged(long block) {
        try {
            boolean damaged = true;
            for (int look = 0; damaged && look < LOOKS; look++) {
                damaged = DigestFile.isDamaged(file, block);
            }
            return damaged;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void list(long block, String what) {
        if (wrong.size() < LISTED) {
            wrong.add(
                    new JournalCheck.Damage(DigestFile.NAME, (block - 1) * DigestFile.ENTRY_LENGTH, null, null, what));
        }
    }

    private ByteBuffer entry(long block) {
        try {
            return DigestFile.blocks(file) < block || block == 0 ? null : DigestFile.read(file, block);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long blocks() {
        try {
            return DigestFile.blocks(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What does not agree. */
    List<JournalCheck.Damage> wrong() {
        return wrong;
    }
}
