package org.tandemgw.gateway.emulate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tandemgw.gateway.dialect.cdr.CdrDate;

/**
 * The call details of a day at a simulated Communication Manager: one record for each call that has ended, a date at midnight, and a date of its own for each connection. The time
 * in it is its own: equal seeds give equal records. Some records are legitimately equal to others, as those of two short calls of one minute are.
 */
public final class CdrTraffic implements FrameSource {
    private static final long FIRST_MS = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final int ARRIVAL_MEAN_MS = 8_000;
    private static final int TALK_MEAN_MS = 150_000;

    private final Random random;
    private final Agenda agenda;
    private final CdrForm form;
    private final CdrWriter writer;
    private final CdrDate date;
    private final Consumer<CdrCall> told;
    private final ArrayDeque<byte[]> ready = new ArrayDeque<>();
    private volatile LocalDate today = day(FIRST_MS);

    /** Traffic that depends on {@code seed} alone. */
    public CdrTraffic(long seed, CdrForm form) {
        this(seed, form, call -> {});
    }

    /**
     * The same.
     *
     * @param told is told of each call as it is written down
     */
    public CdrTraffic(long seed, CdrForm form, Consumer<CdrCall> told) {
        this.random = new Random(seed);
        this.agenda = new Agenda(FIRST_MS, random);
        this.form = form;
        this.writer = new CdrWriter(form.records());
        this.date = new CdrDate(form.records());
        this.told = told;
        agenda.at(DAY_MS - FIRST_MS % DAY_MS, this::midnight);
        agenda.at(1, this::arrive);
    }

    @Override
    public byte[] next() {
        while (ready.isEmpty()) {
            agenda.next();
        }
        return ready.remove();
    }

    @Override
    public byte[] greeting() {
        return form.dates() ? date.of(today) : null;
    }

    private void midnight() {
        today = day(agenda.nowMs());
        if (form.dates()) {
            ready.add(date.of(today));
        }
        agenda.at(DAY_MS, this::midnight);
    }

    private void arrive() {
        final int seconds = (int) (agenda.exponential(TALK_MEAN_MS) / 1_000);
        switch (random.nextInt(10)) {
            case 0 -> soon(seconds, '0', extension(), extension(), "", 0, false);
            case 1 -> soon(6 + random.nextInt(30), 'H', caller(), extension(), "911", 1 + random.nextInt(300), true);
            case 2 -> soon(0, 'E', extension(), caller(), "920", 1 + random.nextInt(60), false);
            case 3, 4 -> soon(seconds, 'A', extension(), caller(), "920", 1 + random.nextInt(60), false);
            case 5 -> twice();
            default -> soon(seconds, '9', caller(), extension(), "911", 1 + random.nextInt(300), true);
        }
        agenda.at(agenda.exponential(ARRIVAL_MEAN_MS), this::arrive);
    }

    /** Two calls, as of an extension that tries again at once, whose records nobody can tell apart. */
    private void twice() {
        final String from = extension();
        soon(3, '0', from, "4000", "", 0, false);
        soon(3, '0', from, "4000", "", 0, false);
    }

    private void soon(
            int seconds, char condition, String from, String to, String trunk, int circuit, boolean incoming) {
        agenda.at(seconds * 1_000L, () -> {
            final CdrCall call = new CdrCall(agenda.nowMs(), seconds, condition, from, to, trunk, circuit, incoming);
            told.accept(call);
            ready.add(writer.record(call));
        });
    }

    private String extension() {
        return Integer.toString(4001 + random.nextInt(60));
    }

    private String caller() {
        return Integer.toString(10_000 + random.nextInt(80_000));
    }

    private static LocalDate day(long ms) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(ms), ZoneOffset.UTC);
    }
}
