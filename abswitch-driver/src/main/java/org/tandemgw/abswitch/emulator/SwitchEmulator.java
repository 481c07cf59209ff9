package org.tandemgw.abswitch.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A running box: its TCP port, its serial line if it has one, and its clock. Threads: {@code box-clock}, {@code box-accept},
 * and one that reads each wire; whoever touches the box holds its lock.
 */
public final class SwitchEmulator implements AutoCloseable {
    private final KabBox box;
    private final BoxControl control;
    private final BoxPort port;
    private final Process line;
    private final Path lineName;
    private volatile boolean closed;
    private long wakeAtNs = Long.MAX_VALUE;

    /**
     * Listens on a loopback port, and makes a pseudo-terminal if a name is given for it.
     *
     * @param tcpPort 0: any free one
     * @param linkName where the pseudo-terminal's other end is to be found; null: no serial line
     * @param fitted the slots that hold a card
     * @param seed of the noise
     * @throws IOException if the port or the line cannot be had
     */
    public SwitchEmulator(int tcpPort, Path linkName, long seed, int... fitted) throws IOException {
        box = new KabBox(new Chassis(fitted), new Random(seed));
        control = new BoxControl(box);
        port = new BoxPort(this, tcpPort);
        lineName = linkName;
        line = linkName == null ? null : openLine(linkName);
        start("box-clock", this::keepTime);
        start("box-accept", port::accept);
    }

    /** Where it listens. */
    public int port() {
        return port.number();
    }

    /** Does what one line of the control channel says, and answers with one line. Any thread. */
    public String command(String text) {
        synchronized (this) {
            final String answer = control.command(text, System.nanoTime());
            later();
            return answer;
        }
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
        final KabBox.Session session;
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

    /** script(1) makes the pseudo-terminal, which Java cannot, and carries its bytes. */
    private Process openLine(Path name) throws IOException {
        final Process carrier = new ProcessBuilder(
                        "script", "-q", "-f", "-c", "stty raw -echo; tty; exec sleep infinity", "/dev/null")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String device = firstLine(carrier.getInputStream());
        if (!device.startsWith("/dev/")) {
            carrier.destroyForcibly();
            throw new IOException("script(1) could not make a pseudo-terminal: " + device);
        }
        if (Files.isSymbolicLink(name)) {
            Files.delete(name); // of a run that was killed
        }
        Files.createSymbolicLink(name, Path.of(device));
        final OutputStream out = carrier.getOutputStream();
        final BoxLink link = new BoxLink() {
            @Override
            public void send(byte[] bytes) {
                try {
                    out.write(bytes);
                    out.flush();
                } catch (IOException e) {
                    // The line is gone, and with it the bytes.
                }
            }

            @Override
            public void close() {
                // A serial line has no end.
            }
        };
        start("box-line", () -> serve(carrier.getInputStream(), link, false));
        return carrier;
    }

    private static String firstLine(InputStream in) throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    private static void start(String name, Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where the serial line is found; null without one. */
    public Path line() {
        return lineName;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        port.close();
        if (line != null) {
            line.destroyForcibly();
            Files.deleteIfExists(lineName);
        }
    }
}
