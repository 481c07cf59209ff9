package org.tandemgw.gateway;

import java.util.List;
import java.util.function.Consumer;
import org.tandemgw.gateway.calls.CallKeeper;
import org.tandemgw.gateway.config.SiteConfiguration;
import org.tandemgw.gateway.ledger.Ledgers;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.recovery.CallTable;

/** Composes the account of what becomes of calls with the tables of the ACDs. */
final class LedgerParts implements Ledgers.Tables {
    private final List<AcdParts> acds;

    private LedgerParts(List<AcdParts> acds) {
        this.acds = acds;
    }

    /** Hears of every switchover from all ACDs whose calls are known. Before any of them is started. */
    static Ledgers of(SiteConfiguration site, List<AcdParts> acds, Clock clock) {
        final Ledgers ledgers = new Ledgers(site, new LedgerParts(acds), clock);
        acds.forEach(acd -> acd.calls().ifPresent(calls -> calls.onMark(ledgers)));
        return ledgers;
    }

    @Override
    public boolean ask(String acd, Consumer<CallTable> question) {
        return of(acd).calls().map(calls -> calls.ask(question)).orElse(false);
    }

    @Override
    public long last(String acd) {
        return of(acd).journal().last();
    }

    @Override
    public void wantList(String acd) {
        of(acd).calls().ifPresent(CallKeeper::compareWithList);
    }

    private AcdParts of(String name) {
        return acds.stream()
                .filter(each -> each.config().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
