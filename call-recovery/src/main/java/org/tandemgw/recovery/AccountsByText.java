package org.tandemgw.recovery;

/** The accounts of names that the table keeps as texts. Which account a text had before is tried first, so a name is hashed next to never. */
final class AccountsByText {
    private static final int TRIED = 1 << 11;

    private final Accounts accounts;
    private final Texts texts;
    private final Account[] before = new Account[TRIED];
    private final byte[] name = new byte[CallEvent.MAX_TEXT_BYTES];

    AccountsByText(Accounts accounts, Texts texts) {
        this.accounts = accounts;
        this.texts = texts;
    }

    /** As {@link Accounts#find}. */
    Account find(AccountKind kind, int text) {
        final Account tried = tried(kind, text);
        return tried != null ? tried : keep(kind, text, accounts.find(kind, name, texts.copy(text, name, 0)));
    }

    /** As {@link Accounts#open}. */
    Account open(AccountKind kind, int text) {
        final Account tried = tried(kind, text);
        return tried != null ? tried : keep(kind, text, accounts.open(kind, name, texts.copy(text, name, 0)));
    }

    /** Null if it has to be looked for: a number can be another text's by now, and an account forgotten. */
    private Account tried(AccountKind kind, int text) {
        final Account account = before[place(kind, text)];
        return account != null && account.kind == kind && !account.forgotten && texts.is(text, account.name)
                ? account
                : null;
    }

    private Account keep(AccountKind kind, int text, Account found) {
        if (found != accounts.others(kind)) {
            before[place(kind, text)] = found;
        }
        return found;
    }

    private static int place(AccountKind kind, int text) {
        return text * 2 + (kind == AccountKind.QUEUE ? 1 : 0) & TRIED - 1;
    }
}
