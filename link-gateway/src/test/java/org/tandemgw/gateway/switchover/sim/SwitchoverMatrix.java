package org.tandemgw.gateway.switchover.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every fault in every situation at the site of the manual, as the page in docs shows it. The same seeds, the same page. */
final class SwitchoverMatrix {
    private static final int SEEDS = 3;

    private final List<String> broken = new ArrayList<>();
    private int runs;
    private int falsely;

    /** The page. */
    String page() {
        StringBuilder rows = new StringBuilder("| fault | meaning |");
        for (MatrixColumn column : MatrixColumn.values()) {
            rows.append(' ').append(column.head).append(" |");
        }
        rows.append("\n|---|---|")
                .append("---|".repeat(MatrixColumn.values().length))
                .append('\n');
        for (SimFault fault : SimFault.values()) {
            List<MatrixCell> cells = Stream.of(MatrixColumn.values())
                    .parallel()
                    .map(column -> cell(fault, column))
                    .toList();
            rows.append("| ")
                    .append(fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            rows.append(" | ").append(fault.meaning).append(" |");
            for (MatrixCell cell : cells) {
                rows.append(' ').append(cell).append(" |");
                broken.addAll(cell.broken);
                falsely += cell.falsely();
                runs += SEEDS;
            }
            rows.append('\n');
        }
        return head() + rows;
    }

    private static MatrixCell cell(SimFault fault, MatrixColumn column) {
        MatrixCell cell = new MatrixCell(fault, column);
        for (int seed = 0; seed < SEEDS; seed++) {
            cell.run(1_000L * fault.ordinal() + 10L * column.ordinal() + seed);
        }
        return cell;
    }

    /** Promises that were broken on the way; empty: none. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    private String head() {
        return """
                # What a fault leads to

                Each fault of the simulated world, in each situation: the deciding side of Tandem as it is, with the site of
                the manual (two servers, probes each second with three failures allowed, `reconnect: 5s`, four cards,
                `on-partial: hold`, mode auto), an operator who does nothing more than the row says, and %d seeds a cell.
                A fault lasts 50 s, unless it is over by itself; it is watched for 70 s. Where a server is failing
                already (the columns from "active server failing" to "promoting") its service has died before; only where
                it is told to stop, an operator asked for the other server: nobody waits for a dead one.

                - **switched n: mean / worst**: so many times a switchover ended with the other server active; seconds from
                  the fault to its end.
                - **held n**: Tandem waits for an operator, and says for what.
                - **stayed n**: the active server stays active: there was nothing to switch for, something speaks against
                  it, or it came back.
                - **false n**: an automatic switch began although the server it left did its work and could be reached.
                  There are %d among %d runs: a service that keeps restarting counts as failed as often as `restarts` says, also while it
                  is up again, and an answer that always comes after the time-out is none.

                This page is written by `mvn -B -pl link-gateway -am -Dtest=SwitchoverMatrixTest -Dtandem.rewrite=true
                -Dsurefire.failIfNoSpecifiedTests=false test`, and every `./tandem test` compares it with what comes out.

                """.formatted(SEEDS, falsely, runs);
    }
}
