package org.tandemgw.abswitch.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.tandemgw.abswitch.BoxPath;
import org.tandemgw.abswitch.PathEnd;
import org.tandemgw.abswitch.PathEvents;
import org.tandemgw.abswitch.PathKind;

/**
 * A box that is spoken to by SNMP: one line of request, one line of answer for each variable. One request is in flight; a new
 * one makes the answer to the last one void. Nothing is tried again here, and nothing is said when no answer comes: limits of
 * time belong to the owner. UDP has no connection: opening proves nothing. Opening and closing wait for threads and keys, so
 * each has a short-lived thread {@code snmp-open}, {@code snmp-close}; answers come from SNMP4J's.
 */
public final class SnmpPath implements BoxPath {
    private final SnmpSettings settings;
    private SnmpExchange exchange;

    /** For one box. */
    public SnmpPath(SnmpSettings settings) {
        this.settings = settings;
    }

    @Override
    public String describe() {
        return "snmp " + settings;
    }

    @Override
    public PathKind kind() {
        return PathKind.SNMP;
    }

    @Override
    public void open(PathEvents events) {
        final Telling told = new Telling(events);
        final SnmpExchange opening = new SnmpExchange(settings, told);
        exchange = opening;
        start("snmp-open", () -> {
            try {
                opening.open();
                told.opened();
            } catch (IOException e) {
                told.ended(PathEnd.FAILED, e.getMessage());
            }
        });
    }

    @Override
    public void send(byte[] bytes) {
        exchange.send(new String(bytes, StandardCharsets.US_ASCII).strip());
    }

    @Override
    public void close() {
        if (exchange != null) {
            final SnmpExchange closing = exchange;
            exchange = null;
            start("snmp-close", closing::close);
        }
    }

    private static void start(String name, Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
