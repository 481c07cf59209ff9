package org.tandemgw.abswitch.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A running box: its port, its serial line if it has one, and its clock. Threads: {@code box-clock}, {@code box-accept}, those
 * of the SNMP agent, and one that reads each wire; whoever touches the box holds its lock.
 */
public final class SwitchEmulator implements AutoCloseable {
    private final EmulatedBox box;
    private final BoxControl control;
    private final BoxPort port;
    private final NbsAgent agent;
    private SerialLine line;
    private volatile boolean closed;
    private long wakeAtNs = Long.MAX_VALUE;

    /**
     * A K16 that listens on a loopback port, and makes a pseudo-terminal if a name is given for it.
     *
     * @param tcpPort 0: any free one
     * @param linkName where the pseudo-terminal's other end is to be found; null: no serial line
     * @param fitted the slots that hold a card
     * @param seed of the noise
     * @throws IOException if the port or the line cannot be had
     */
    public SwitchEmulator(int tcpPort, Path linkName, long seed, int... fitted) throws IOException {
        this(BoxModel.K16, tcpPort, seed, fitted);
        if (linkName != null) {
            makeLine(linkName);
        }
    }

    /**
     * A box of that model on a loopback port: TCP, or UDP where it is spoken to by SNMP.
     *
     * @param anyPort 0: any free one
     * @param seed of the noise
     * @param fitted the slots that hold a card
     * @throws IOException if the port cannot be had
     */
    public SwitchEmulator(BoxModel model, int anyPort, long seed, int... fitted) throws IOException {
        box = new EmulatedBox(new Chassis(fitted), model.words(), new Random(seed));
        control = new BoxControl(model, box);
        start("box-clock", this::keepTime);
        if (model.words() == null) {
            port = null;
            agent = new NbsAgent(this, box.chassis(), anyPort);
        } else {
            agent = null;
            port = new BoxPort(this, anyPort);
            start("box-accept", port::accept);
        }
    }

    /** Makes a pseudo-terminal, whose other end is then found there. */
    public void makeLine(Path name) throws IOException {
        lay(name, true);
    }

    /** Uses a terminal device that is there, and again when it comes back. */
    public void useLine(Path device) throws IOException {
        lay(device, false);
    }

    private void lay(Path name, boolean ours) throws IOException {
        if (port == null) {
            throw new IOException("this model has no serial line here");
        }
        line = new SerialLine(name, ours, (in, link) -> serve(in, link, false));
    }

    /** Where it listens. */
    public int port() {
        return port == null ? agent.port() : port.number();
    }

    /** Whom the SNMP agent answers besides the community {@code private}: one v3 user, SHA-256 and AES-128. */
    public void snmpUser(String name, String authentication, String privacy) {
        if (agent == null) {
            throw new IllegalArgumentException("this model has no SNMP agent");
        }
        agent.user(name, authentication, privacy);
    }

    /** Does what one line of the control channel says, and answers with one line. Any thread. */
    public String command(String text) {
        final String word = text.strip();
        if (word.equals("unplug") || word.equals("plug")) {
            return cable(word.equals("plug"));
        }
        synchronized (this) {
            final String answer = control.command(text, System.nanoTime());
            later();
            return answer;
        }
    }

    private String cable(boolean in) {
        if (line == null) {
            return "error: there is no line to unplug";
        }
        try {
            if (in) {
                line.plug();
            } else {
                line.unplug();
            }
            return "ok";
        } catch (IOException | IllegalArgumentException e) {
            return "error: " + e.getMessage();
        }
    }

    /** An order that did not come over a wire. Any thread. */
    synchronized void order(BoxOrder order, String from, EmulatedBox.Answering to) {
        box.order(order, from, to, System.nanoTime());
        later();
    }

    /** Whether the TCP port is to be open. */
    synchronized boolean listens() {
        return !closed && box.listens();
    }

    /** Waits until the port is to be open, or the end. */
    synchronized void awaitListening() throws InterruptedException {
        while (!closed && !box.listens()) {
            wait();
        }
    }

    /** Waits while the port may stay as it is; at most a little while, as power comes back by time. */
    synchronized void awaitChange() throws InterruptedException {
        wait(20);
    }

    boolean ended() {
        return closed;
    }

    /** Reads a wire to its end; the caller's thread. */
    void serve(InputStream in, BoxLink link, boolean tcp) {
        final EmulatedBox.Session session;
        synchronized (this) {
            session = box.connect(link, tcp, System.nanoTime());
            later();
        }
        if (session == null) {
            return;
        }
        final byte[] buffer = new byte[1024];
        try {
            int length = in.read(buffer);
            while (length >= 0) {
                synchronized (this) {
                    box.bytes(session, buffer, length, System.nanoTime());
                    later();
                }
                length = in.read(buffer);
            }
        } catch (IOException e) {
            // The other end was quicker, or we closed it.
        }
        synchronized (this) {
            box.closed(session);
            later();
        }
        link.close();
    }

    /** The box has been touched: what it wants to do next may be due earlier, and the port may have to open or close. */
    private void later() {
        wakeAtNs = box.run(System.nanoTime());
        notifyAll();
    }

    private synchronized void keepTime() {
        try {
            while (!closed) {
                final long leftNs = wakeAtNs == Long.MAX_VALUE ? Long.MAX_VALUE : wakeAtNs - System.nanoTime();
                if (leftNs <= 0) {
                    later();
                } else if (leftNs == Long.MAX_VALUE) {
                    wait();
                } else {
                    TimeUnit.NANOSECONDS.timedWait(this, leftNs);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(String name, Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where the serial line is found; null without one. */
    public Path line() {
        return line == null ? null : line.name();
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (port != null) {
            port.close();
        }
        if (agent != null) {
            agent.close();
        }
        if (line != null) {
            line.close();
        }
    }
}
