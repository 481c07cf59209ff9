package org.tandemgw.gateway.process;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.feed.SoupClient;

/**
 * A server as a process of its own: a web service that says how it is, and a reader of its feed that remembers in a file how far it came. Told on standard input to
 * {@code refuse}, to {@code hang}, to be {@code well} again, and to {@code redial} its feed; ends with status 3 if a record is missing or comes twice.
 */
final class ServerProgram {
    private static final int POLL_MS = 50;
    private static final int RETRY_MS = 50;
    private static final int WAIT_MS = 5_000;

    private final String name;
    private final InetSocketAddress service;
    private final InetSocketAddress feed;
    private final Path memory;
    private final Object manners = new Object();
    private HttpServer web;
    private boolean hanging;
    private String session = "";
    private long last;
    private volatile SoupClient client;

    private ServerProgram(String name, InetSocketAddress service, InetSocketAddress feed, Path memory) {
        this.name = name;
        this.service = service;
        this.feed = feed;
        this.memory = memory;
    }

    public static void main(String[] args) throws IOException {
        final ServerProgram server = new ServerProgram(
                args[0],
                new InetSocketAddress(args[1], Integer.parseInt(args[2])),
                new InetSocketAddress(args[3], Integer.parseInt(args[4])),
                Path.of(args[5]));
        server.recall();
        server.serve();
        final Thread reading = new Thread(server::read, "feed");
        reading.setDaemon(true);
        reading.start();
        System.out.println("ready");
        server.obey();
    }

    private void obey() throws IOException {
        final BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            switch (command) {
                case "refuse" -> web.stop(0);
                case "hang" -> hang(true);
                case "well" -> {
                    hang(false);
                    web.stop(0);
                    serve();
                }
                case "redial" -> redial();
                default -> throw new IllegalArgumentException(command);
            }
            System.out.println(command);
        }
        System.exit(0);
    }

    private void serve() throws IOException {
        web = HttpServer.create(service, 50);
        web.setExecutor(Executors.newCachedThreadPool(work -> {
            final Thread thread = new Thread(work, "web");
            thread.setDaemon(true);
            return thread;
        }));
        web.createContext("/up", exchange -> {
            synchronized (manners) {
                while (hanging) {
                    try {
                        manners.wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            }
            exchange.getResponseHeaders()
                    .set(
                            "Tandem-Identity",
                            String.valueOf(ProcessHandle.current().pid()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        web.start();
    }

    private void hang(boolean wanted) {
        synchronized (manners) {
            hanging = wanted;
            manners.notifyAll();
        }
    }

    private void redial() throws IOException {
        final SoupClient now = client;
        if (now != null) {
            now.close();
        }
    }

    private void read() {
        while (true) {
            try (SoupClient now = SoupClient.connect(feed, WAIT_MS)) {
                client = now;
                final SoupClient.Login login = now.login(name, Site.PASSWORD, session, last + 1, WAIT_MS, this::record);
                if (login.accepted()) {
                    session = login.session();
                    while (now.poll(POLL_MS)) {
                        now.have(last, null);
                        remember();
                    }
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MS);
            } catch (IOException e) {
                // The gateway is away, or we were told to dial again.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
        if (sequence != last + 1) {
            System.out.println("record " + sequence + " came after " + last);
            Runtime.getRuntime().halt(3);
        }
        last = sequence;
    }

    private void remember() throws IOException {
        Files.writeString(memory, session + " " + last);
    }

    private void recall() throws IOException {
        if (Files.exists(memory)) {
            final String[] words = Files.readString(memory).split(" ");
            if (words.length == 2) { // else it was killed while it wrote
                session = words[0];
                last = Long.parseLong(words[1]);
            }
        }
    }
}
