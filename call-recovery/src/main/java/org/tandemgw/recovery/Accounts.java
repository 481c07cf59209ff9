package org.tandemgw.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The accounts by kind and name, bounded. One that is of no use is forgotten when a part ends. What comes at the limit is counted in one account for all others of its
 * kind, named {@value #OTHERS}, so that nothing is missing from the sums; while somebody is in that one no account of the kind is opened, so whoever leaves it is
 * in it.
 */
final class Accounts {
    static final String OTHERS = "(others)";

    private static final int FIRST_SIZE = 64;

    private final int most;
    private final TextHash texts = TextHash.secret();
    private final Account[] others = new Account[AccountKind.values().length];
    private final Account whole = new Account(AccountKind.ACD, new byte[0], 0);
    private Account[] table = new Account[FIRST_SIZE];
    private int used;

    /** How often an account was not opened. */
    long notOpened;

    Accounts(int most) {
        this.most = most;
        for (final AccountKind kind : AccountKind.values()) {
            others[kind.ordinal()] = new Account(kind, OTHERS.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0);
        }
    }

    /** Of the whole ACD. */
    Account whole() {
        return whole;
    }

    /** Where one who is in an account leaves it. */
    Account find(AccountKind kind, byte[] name, int length) {
        final Account found = table[slot(kind, name, length, hash(kind, name, length))];
        return found == null ? others[kind.ordinal()] : found;
    }

    /** Where somebody may enter. */
    Account open(AccountKind kind, byte[] name, int length) {
        final int hash = hash(kind, name, length);
        int slot = slot(kind, name, length, hash);
        if (table[slot] != null) {
            return table[slot];
        }
        if (used == most || !others[kind.ordinal()].idle()) {
            notOpened++;
            return others[kind.ordinal()];
        }
        if (2 * ++used > table.length) {
            rebuild(all(), table.length * 2);
            slot = slot(kind, name, length, hash);
        }
        table[slot] = new Account(kind, Arrays.copyOf(name, length), hash);
        return table[slot];
    }

    /** Of all for whom there was no room. */
    Account others(AccountKind kind) {
        return others[kind.ordinal()];
    }

    /** Nobody is in the account of those for whom there was no room, so whoever is in an account of that kind is in one with its name. */
    boolean hasAll(AccountKind kind) {
        return others[kind.ordinal()].idle();
    }

    /** One line for each that has something to tell, and the whole ACD's. */
    List<IntervalLine> lines(long untilNs) {
        final List<IntervalLine> lines = new ArrayList<>(used + 2);
        for (final Account account : all()) {
            if (!account.blank()) {
                lines.add(account.line(untilNs));
            }
        }
        for (final Account account : others) {
            if (!account.blank()) {
                lines.add(account.line(untilNs));
            }
        }
        lines.sort(Comparator.comparing(IntervalLine::kind).thenComparing(IntervalLine::name));
        lines.add(whole.line(untilNs));
        return lines;
    }

    /** Another part begins. */
    void turn(long atNs) {
        final List<Account> kept = new ArrayList<>(used);
        for (final Account account : all()) {
            account.turn(atNs);
            if (account.idle()) {
                account.forgotten = true;
            } else {
                kept.add(account);
            }
        }
        rebuild(kept, table.length);
        used = kept.size();
        for (final Account account : others) {
            account.turn(atNs);
        }
        whole.turn(atNs);
    }

    int used() {
        return used;
    }

    private List<Account> all() {
        final List<Account> all = new ArrayList<>(used);
        for (final Account account : table) {
            if (account != null) {
                all.add(account);
            }
        }
        return all;
    }

    private void rebuild(List<Account> accounts, int size) {
        table = new Account[size];
        for (final Account account : accounts) {
            int slot = account.hash & size - 1;
            while (table[slot] != null) {
                slot = slot + 1 & size - 1;
            }
            table[slot] = account;
        }
    }

    private int slot(AccountKind kind, byte[] name, int length, int hash) {
        int slot = hash & table.length - 1;
        while (table[slot] != null && !table[slot].is(kind, name, length)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    /** Callers may choose what a trunk is called. */
    private int hash(AccountKind kind, byte[] name, int length) {
        return texts.of(name, length) + kind.ordinal();
    }

    /** In the order of their names, so that equal books have equal bytes. */
    <X extends Exception> void write(BlockWriter<X> out) throws X {
        final List<Account> sorted = all();
        sorted.sort(
                (one, two) -> one.kind == two.kind ? Arrays.compare(one.name, two.name) : one.kind.compareTo(two.kind));
        out.varOf(notOpened);
        out.varOf(sorted.size());
        for (final Account account : sorted) {
            out.byteOf(account.kind.ordinal());
            out.textOf(account.name, account.name.length);
            account.write(out);
        }
        for (final Account account : others) {
            account.write(out);
        }
        whole.write(out);
    }

    <X extends Exception> void read(BlockReader<X> in) throws X, DamagedSnapshotException {
        notOpened = in.varOf();
        final byte[] name = new byte[CallEvent.MAX_TEXT_BYTES];
        for (long rest = in.varOf(); rest > 0; rest--) {
            final AccountKind kind = AccountKind.of(in.byteOf());
            final int length = in.textOf(name);
            final Account account = kind == null ? null : open(kind, name, length);
            if (account == null || account == others[kind.ordinal()]) {
                throw new DamagedSnapshotException(
                        "it holds more accounts than the limit allows, or of a kind that is not known");
            }
            account.read(in);
        }
        for (final Account account : others) {
            account.read(in);
        }
        whole.read(in);
    }
}
