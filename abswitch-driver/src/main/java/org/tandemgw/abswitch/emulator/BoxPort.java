package org.tandemgw.abswitch.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The TCP port of the box: open while the box listens, and nobody is there while it does not. */
final class BoxPort {
    private static final int BACKLOG = 4;

    private final SwitchEmulator emulator;
    private final InetSocketAddress address;
    private volatile ServerSocket listening;

    BoxPort(SwitchEmulator emulator, int port) throws IOException {
        this.emulator = emulator;
        listening = open(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        address = (InetSocketAddress) listening.getLocalSocketAddress();
    }

    int number() {
        return address.getPort();
    }

    /** The thread {@code box-accept}. */
    void accept() {
        final Thread closer = new Thread(this::closeWhenDeaf, "box-port");
        closer.setDaemon(true);
        closer.start();
        try {
            while (!emulator.ended()) {
                emulator.awaitListening();
                acceptOne();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptOne() throws InterruptedException {
        try {
            if (listening.isClosed() && !emulator.ended()) {
                listening = open(address);
            }
            final Socket socket = listening.accept();
            socket.setTcpNoDelay(true);
            final Thread reader = new Thread(() -> serve(socket), "box-tcp");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            emulator.awaitChange(); // closed under us, or the address is not free yet
        }
    }

    private void serve(Socket socket) {
        try {
            emulator.serve(socket.getInputStream(), new TcpLink(socket), true);
        } catch (IOException e) {
            new TcpLink(socket).close();
        }
    }

    private void closeWhenDeaf() {
        try {
            while (!emulator.ended()) {
                if (!emulator.listens()) {
                    close();
                }
                emulator.awaitChange();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new IllegalStateException("a listening socket could not be closed", e);
        }
    }

    private static ServerSocket open(InetSocketAddress address) throws IOException {
        final ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private record TcpLink(Socket socket) implements BoxLink {
        @Override
        public void send(byte[] bytes) {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                close(); // the other end has gone
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException("a socket could not be closed", e);
            }
        }
    }
}
