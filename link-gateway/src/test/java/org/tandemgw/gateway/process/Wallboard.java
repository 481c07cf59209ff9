package org.tandemgw.gateway.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;

/** Somebody else's client of an Asterisk, asterisk-java as it is, which writes down what it is told. */
final class Wallboard implements AutoCloseable {
    private static final Logger THEIRS = Logger.getLogger("org.asteriskjava");

    private static final Set<String> KNOWN = known();
    private static final long PATIENCE_MS = 60_000;

    private final DefaultManagerConnection connection;
    private final List<String> events = new ArrayList<>();
    private final Map<String, Integer> told = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final Handler log = new Complaints();
    private int connects;
    private int disconnects;

    Wallboard(int port, String user) throws Exception {
        THEIRS.setUseParentHandlers(false);
        THEIRS.addHandler(log);
        connection = new DefaultManagerConnection("127.0.0.1", port, user, Site.PASSWORD);
        connection.setDefaultResponseTimeout(
                PATIENCE_MS); // it gives a greeting two seconds, which a loaded machine may need
        connection.addEventListener(this::told);
        connection.login();
    }

    ManagerConnection connection() {
        return connection;
    }

    /** Its name for an event, and the ACD's time of it. Others of its events are its own inventions. */
    private synchronized void told(ManagerEvent event) {
        if (event instanceof ConnectEvent) {
            connects++;
        } else if (event instanceof DisconnectEvent) {
            disconnects++;
        } else if (event.getTimestamp() != null) {
            final String name = event.getClass().getSimpleName();
            final String line = line(name.substring(0, name.length() - "Event".length()), event.getTimestamp());
            events.add(line);
            told.merge(nameIn(line), 1, Integer::sum);
        }
    }

    /** What it has to be told by this frame; null if it has no class for such events. */
    static String line(String frame) {
        final String name = frame.substring("Event: ".length(), frame.indexOf('\r'));
        final int at = frame.indexOf("\r\nTimestamp: ") + "\r\nTimestamp: ".length();
        return KNOWN.contains(name.toLowerCase(Locale.ROOT))
                ? line(name, Double.parseDouble(frame.substring(at, frame.indexOf('\r', at))))
                : null;
    }

    /** The events that it has classes for, in lower case. */
    private static Set<String> known() {
        final String folder = ManagerEvent.class.getPackageName().replace('.', '/') + "/";
        try (JarFile jar = new JarFile(Path.of(ManagerEvent.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(folder) && name.endsWith("Event.class"))
                    .map(name -> name.substring(folder.length(), name.length() - "Event.class".length())
                            .toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(String name, double timestamp) {
        return String.format(Locale.ROOT, "%s %.6f", name.toLowerCase(Locale.ROOT), timestamp);
    }

    static String nameIn(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** What it was told under these names; under others it tells its own inventions. */
    synchronized List<String> events(Set<String> names) {
        return events.stream().filter(line -> names.contains(nameIn(line))).toList();
    }

    /** How many that are: cheap, so that who asks often does not keep it from listening. */
    synchronized int count(Set<String> names) {
        return names.stream().mapToInt(name -> told.getOrDefault(name, 0)).sum();
    }

    synchronized int connects() {
        return connects;
    }

    synchronized int disconnects() {
        return disconnects;
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        connection.logoff();
        THEIRS.removeHandler(log);
    }

    private final class Complaints extends Handler {
        @Override
        public void publish(LogRecord said) {
            // It warns of headers that it has no setters for, and of listeners that take longer than 20 ms.
            if (said.getThrown() != null || said.getLevel().intValue() > Level.WARNING.intValue()) {
                synchronized (Wallboard.this) {
                    complaints.add(said.getLoggerName() + ": " + said.getMessage() + " " + said.getThrown());
                }
            }
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
