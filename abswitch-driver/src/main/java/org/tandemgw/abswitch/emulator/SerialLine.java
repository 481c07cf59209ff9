package org.tandemgw.abswitch.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The serial line of the box. Java can neither make a pseudo-terminal nor open a terminal without becoming its victim, so a
 * process carries the bytes: script(1) with a pseudo-terminal of its own, or two cat(1) on a device that is there. Thread:
 * {@code box-line}.
 */
final class SerialLine implements AutoCloseable {
    private static final int AGAIN_MS = 50;

    /** Whoever serves the wire; returns when it has ended. */
    interface Service {
        void serve(InputStream in, BoxLink link);
    }

    private final Path name;
    private final boolean ours;
    private final Service service;
    private Process carrier;
    private boolean plugged = true;
    private boolean closed;

    /**
     * Starts it.
     *
     * @param name where the pseudo-terminal is to be found, or which device to use
     * @param ours whether to make a pseudo-terminal
     */
    SerialLine(Path name, boolean ours, Service service) throws IOException {
        this.name = name;
        this.ours = ours;
        this.service = service;
        carrier = start();
        final Thread thread = new Thread(this::carry, "box-line");
        thread.setDaemon(true);
        thread.start();
    }

    Path name() {
        return name;
    }

    /** Pulls the cable, as far as the other end can tell. */
    synchronized void unplug() throws IOException {
        if (!ours) {
            throw new IllegalArgumentException("only a line of --pty can be unplugged here");
        }
        plugged = false;
        Files.deleteIfExists(name);
        kill(carrier);
    }

    /** Plugs it in again. */
    synchronized void plug() throws IOException {
        if (!plugged) {
            carrier = start();
            plugged = true;
            notifyAll();
        }
    }

    private void carry() {
        try {
            for (Process serving = next(null); serving != null; serving = next(serving)) {
                service.serve(serving.getInputStream(), new Wire(serving.getOutputStream()));
                kill(serving);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a carrier other than the last one; null: the end. */
    private synchronized Process next(Process last) throws InterruptedException {
        while (!closed && carrier == last) {
            wait(AGAIN_MS);
            if (!ours && !closed && Files.exists(name)) {
                returned();
            }
        }
        return closed ? null : carrier;
    }

    private void returned() {
        try {
            carrier = start();
        } catch (IOException e) {
            // Gone again; the next look will tell.
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private Process start() throws IOException {
        return ours ? startPty() : startOnDevice();
    }

    private Process startOnDevice() throws IOException {
        if (!Files.exists(name)) {
            throw new IOException(name + " is not there");
        }
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec 3<>\"$0\" || exit; stty raw -echo <&3; cat <&3 & exec cat >&3",
                        name.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Process startPty() throws IOException {
        final Process script = new ProcessBuilder(
                        "script", "-q", "-f", "-c", "stty raw -echo; tty; exec sleep infinity", "/dev/null")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String device = firstLine(script.getInputStream());
        if (!device.startsWith("/dev/")) {
            script.destroyForcibly();
            throw new IOException("script(1) could not make a pseudo-terminal: " + device);
        }
        if (Files.isSymbolicLink(name)) {
            Files.delete(name); // of a run that was killed
        }
        Files.createSymbolicLink(name, Path.of(device));
        return script;
    }

    private static String firstLine(InputStream in) throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        notifyAll();
        kill(carrier);
        if (ours) {
            Files.deleteIfExists(name);
        }
    }

    private record Wire(OutputStream out) implements BoxLink {
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
    }
}
