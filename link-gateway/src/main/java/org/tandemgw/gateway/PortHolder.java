package org.tandemgw.gateway;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Finds out, before anything is started, whether a port is in use, and by whom. */
final class PortHolder {
    private PortHolder() {}

    /**
     * Who holds the port.
     *
     * @return null if it is free, or if the address is not on this machine (yet)
     */
    static String of(InetSocketAddress address) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
            return null;
        } catch (BindException e) {
            if (e.getMessage() != null && e.getMessage().contains("in use")) {
                return nameOf(address);
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private static String nameOf(InetSocketAddress address) {
        try {
            final String inode = listeningInode(address);
            if (inode != null) {
                try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                    for (final Path process : processes) {
                        if (holds(process, "socket:[" + inode + "]")) {
                            return Files.readString(process.resolve("comm")).strip() + " (process "
                                    + process.getFileName() + ")";
                        }
                    }
                }
            }
        } catch (IOException e) {
            // Another user's process may not be looked into: the port is in use all the same.
            return "a process that this user may not see (" + e.getMessage() + ")";
        }
        return "a process that this user may not see";
    }

    private static String listeningInode(InetSocketAddress address) throws IOException {
        final String suffix = String.format(Locale.ROOT, ":%04X", address.getPort());
        final String own = kernelForm(address);
        for (final String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (final String line : Files.readAllLines(Path.of(table))) {
                final String[] fields = line.strip().split("\\s+");
                if (fields.length > 9
                        && fields[1].endsWith(suffix)
                        && fields[3].equals("0A")
                        && overlaps(fields[1], own)) {
                    return fields[9];
                }
            }
        }
        return null;
    }

    /** An IPv4 address as the kernel's table writes it; empty for others, which are then compared by port alone. */
    private static String kernelForm(InetSocketAddress address) {
        final byte[] bytes = address.getAddress().getAddress();
        return bytes.length != 4
                ? ""
                : String.format(Locale.ROOT, "%02X%02X%02X%02X", bytes[3], bytes[2], bytes[1], bytes[0]);
    }

    private static boolean overlaps(String listening, String own) {
        final String theirs = listening.substring(0, listening.indexOf(':'));
        return own.isEmpty() || theirs.endsWith(own) || own.matches("0+") || theirs.matches("0+");
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (final Path descriptor : descriptors) {
                if (socket.equals(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // it is another user's, or has just ended
        }
        return false;
    }
}
