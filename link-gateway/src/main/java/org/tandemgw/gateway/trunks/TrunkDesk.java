package org.tandemgw.gateway.trunks;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.SelectOrder;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.SwitchReport;
import org.tandemgw.gateway.control.TrunkControl;
import org.tandemgw.gateway.control.TrunkReport;

/**
 * What operators ask of the trunk switches, checked and handed on. Called on the operator thread, which waits for an order no
 * longer than {@link #AT_ONCE_MS}: what takes longer is asked for by its number. The last {@link #MOST_ORDERS} are kept.
 */
final class TrunkDesk implements TrunkControl {
    static final int MOST_ORDERS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(TrunkDesk.class);
    private static final long AT_ONCE_MS = 200;

    private final List<SiteSwitch> switches;
    private final TrunkMemories memories;
    private final AuditFile audit;
    private final Supplier<String> active;
    private final Epochs epochs;
    private final BiFunction<String, Operator, CompletionStage<SwitchReport>> adopted;
    private final Map<Long, Kept> orders = new LinkedHashMap<>();
    private long lastNumber;

    private record Kept(SiteSwitch trunk, TrunkOrder order) {}

    /**
     * For these switches.
     *
     * @param active the server in control; null if there is none or it is not known
     * @param adopted told of each switch that an operator has adopted, on any thread; ends with what whoever decides makes of it, null if nobody does
     */
    TrunkDesk(
            List<SiteSwitch> switches,
            TrunkMemories memories,
            AuditFile audit,
            Supplier<String> active,
            Epochs epochs,
            BiFunction<String, Operator, CompletionStage<SwitchReport>> adopted) {
        this.epochs = epochs;
        this.adopted = adopted;
        this.switches = List.copyOf(switches);
        this.memories = memories;
        this.audit = audit;
        this.active = active;
    }

    @Override
    public List<TrunkReport> show() {
        return switches.stream().map(trunk -> new Reports(trunk).known()).toList();
    }

    @Override
    public TrunkReport query(String name, Operator by) {
        final SiteSwitch trunk = find(name);
        if (trunk == null) {
            return unknown("query", name);
        }
        final TrunkOrder order = begin(trunk, "query", null, trunk.epoch());
        final long tapFrom = trunk.tap().frames();
        trunk.query()
                .whenComplete((result, fault) ->
                        over(trunk, order, by, fault, () -> new Reports(trunk).queried(order, result, tapFrom)));
        return soon(trunk, order);
    }

    @Override
    public TrunkReport adopt(String name, Operator by) {
        final SiteSwitch trunk = find(name);
        if (trunk == null) {
            return unknown("adopt", name);
        }
        final TrunkOrder order = begin(trunk, "adopt", null, trunk.epoch());
        final long tapFrom = trunk.tap().frames();
        trunk.adopt().whenComplete((result, fault) -> {
            final Supplier<TrunkReport> box = () -> new Reports(trunk).queried(order, result, tapFrom);
            if (fault != null || !result.complete()) {
                over(trunk, order, by, fault, box);
                return;
            }
            adopted.apply(name, by)
                    .whenComplete((decided, broken) ->
                            over(trunk, order, by, broken, () -> Reports.decided(box.get(), decided)));
        });
        return soon(trunk, order);
    }

    @Override
    public TrunkReport select(Wish wish, Operator by) {
        final SiteSwitch trunk = find(wish.name());
        if (trunk == null) {
            return unknown("select", wish.name());
        }
        final String position = position(trunk, wish.position());
        if (position == null) {
            return refused(
                    "select",
                    trunk,
                    "'" + wish.position() + "' is no position of " + wish.name(),
                    "its positions are: "
                            + String.join(
                                    ", ",
                                    trunk.settings().rules().positions().keySet().stream()
                                            .sorted()
                                            .map(each -> each + served(trunk, each))
                                            .toList()));
        }
        final List<Integer> cards = wish.cards().isEmpty() ? trunk.settings().cards() : wish.cards();
        for (final int card : cards) {
            if (!trunk.settings().cards().contains(card)) {
                return refused(
                        "select",
                        trunk,
                        "card " + card + " is not one of ours",
                        "the file names: " + trunk.settings().cards());
            }
        }
        final TrunkReport contradiction = contradiction(trunk, position, wish);
        if (contradiction != null) {
            return contradiction;
        }
        final TrunkReport unknown = unknownPast(trunk, wish);
        if (unknown != null) {
            return unknown;
        }
        final long epoch = epoch(wish);
        final TrunkOrder order = begin(trunk, "select", position, epoch);
        final long tapFrom = trunk.tap().frames();
        trunk.select(
                        new SelectOrder(
                                position,
                                cards,
                                epoch,
                                false,
                                wish.forced() || wish.commissioning(),
                                false,
                                by.who(),
                                by.reason()),
                        order)
                .whenComplete((result, fault) -> {
                    if (wish.epoch() == null && fault == null && result.overall() == Overall.REFUSED) {
                        epochs.giveBack(epoch);
                    }
                    over(trunk, order, by, fault, () -> new Reports(trunk).selected(order, result, tapFrom));
                });
        return soon(trunk, order);
    }

    @Override
    public TrunkReport order(long number) {
        final Kept kept;
        synchronized (orders) {
            kept = orders.get(number);
        }
        if (kept == null) {
            return TrunkReport.refused(
                    "show", null, memories.epoch(), "there is no order " + number, "tandem trunks show");
        }
        final TrunkReport report = kept.order().report();
        return report != null ? report : new Reports(kept.trunk()).underWay(kept.order());
    }

    /** One count with the switchovers, and never one that an order carries which is still waiting. */
    private long epoch(Wish wish) {
        if (wish.epoch() != null) {
            epochs.byHand(wish.epoch());
            return wish.epoch();
        }
        return epochs.next();
    }

    /** Trunks follow the active server; whoever moves them away from it must say that he means it. */
    private TrunkReport contradiction(SiteSwitch trunk, String position, Wish wish) {
        final String inControl = active.get();
        final String server = trunk.config().server(position);
        if (wish.forced() || server != null && (inControl == null || inControl.equals(server))) {
            return null;
        }
        return refused(
                "select",
                trunk,
                "position " + Positions.shown(position) + " leads to "
                        + (server == null ? "no server: calls on these trunks would reach nobody" : server)
                        + (inControl == null ? "" : ", but " + inControl + " is the active server"),
                "add --force if you mean it");
    }

    /** Whoever does not know what was ordered last must not order before somebody has looked. */
    private static TrunkReport unknownPast(SiteSwitch trunk, Wish wish) {
        final String lost = trunk.memory().lost();
        if (lost != null) {
            return refused(
                    "select",
                    trunk,
                    lost + ": nothing is moved before somebody has looked",
                    "tandem trunks query " + trunk.name() + ",  then  tandem trunks adopt " + trunk.name());
        }
        final long leftMs = wish.forced() || wish.commissioning() ? 0 : trunk.unknownDwellMs();
        return leftMs <= 0
                ? null
                : refused(
                        "select",
                        trunk,
                        "dwell: what was ordered before this start is not known, so it counts from then; wait " + leftMs
                                + " ms",
                        "wait, or add --force");
    }

    private static TrunkReport refused(String action, SiteSwitch trunk, String message, String remedy) {
        return TrunkReport.refused(action, trunk.name(), trunk.epoch(), message, remedy);
    }

    private static String position(SiteSwitch trunk, String word) {
        for (final String each : trunk.settings().rules().positions().keySet()) {
            if (each.equalsIgnoreCase(word) || word.equals(trunk.config().server(each))) {
                return each;
            }
        }
        return null;
    }

    private static String served(SiteSwitch trunk, String position) {
        final String server = trunk.config().server(position);
        return server == null ? "" : " (" + server + ")";
    }

    private TrunkOrder begin(SiteSwitch trunk, String action, String wanted, long epoch) {
        synchronized (orders) {
            final TrunkOrder order = new TrunkOrder(++lastNumber, action, wanted, epoch);
            orders.put(order.number(), new Kept(trunk, order));
            final Iterator<Kept> oldest = orders.values().iterator();
            while (orders.size() > MOST_ORDERS && oldest.hasNext()) {
                if (oldest.next().order().report() != null) {
                    oldest.remove();
                }
            }
            return order;
        }
    }

    private TrunkReport soon(SiteSwitch trunk, TrunkOrder order) {
        final TrunkReport report = order.await(AT_ONCE_MS);
        return report != null ? report : new Reports(trunk).underWay(order);
    }

    /** On the switch's thread, or at once on ours. The driver promises not to fail for what the world does. */
    private void over(SiteSwitch trunk, TrunkOrder order, Operator by, Throwable fault, Supplier<TrunkReport> made) {
        TrunkReport report = null;
        Throwable broken = fault;
        try {
            report = fault == null ? made.get() : null;
        } catch (RuntimeException e) {
            broken = e;
        }
        if (report == null) {
            LOG.error("{} of switch {} failed", order.action(), trunk.name(), broken);
            report = refused(order.action(), trunk, "a fault of ours: " + broken, "see the log");
        }
        try {
            audit.append("trunks " + order.action() + " result", trunk.name(), by, report);
        } finally {
            order.over(report); // or whoever asks for it would ask for ever
        }
    }

    private SiteSwitch find(String name) {
        return switches.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private TrunkReport unknown(String action, String name) {
        final List<String> names =
                new ArrayList<>(switches.stream().map(SiteSwitch::name).toList());
        return TrunkReport.refused(
                action,
                name,
                memories.epoch(),
                "there is no trunk switch '" + name + "'",
                names.isEmpty()
                        ? "this site has none: see  switches:  in docs/reference.yaml"
                        : "there are: " + String.join(", ", names));
    }
}
