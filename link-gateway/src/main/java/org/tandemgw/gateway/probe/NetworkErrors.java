package org.tandemgw.gateway.probe;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.tandemgw.gateway.health.Sight;

/** What an error of a socket tells of the other side. An error that nobody has foreseen tells nothing: it blames no server. */
final class NetworkErrors {
    private NetworkErrors() {}

    static Sight sight(Throwable error) {
        final Throwable cause = root(error);
        if (cause instanceof ConnectTimeoutException) {
            return Sight.SILENT;
        }
        if (cause instanceof NoRouteToHostException) {
            return Sight.UNREACHABLE;
        }
        if (cause instanceof PortUnreachableException) {
            return Sight.REFUSED;
        }
        if (cause instanceof BindException) {
            return Sight.NOT_ASKED;
        }
        if (cause instanceof SSLException) {
            return Sight.WRONG;
        }
        final String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("timed out")) {
            return Sight.SILENT;
        }
        if (text.contains("unreachable") || text.contains("no route") || text.contains("host is down")) {
            return Sight.UNREACHABLE;
        }
        if (text.contains("reset") || text.contains("broken pipe") || text.contains("aborted")) {
            return Sight.RESET;
        }
        // What the kernel says to a connect: in other languages too, and when it is no time-out it is a refusal.
        return cause instanceof ConnectException ? Sight.REFUSED : Sight.NOT_ASKED;
    }

    static String said(Throwable error) {
        final Throwable cause = root(error);
        final Sight sight = sight(error);
        if (sight == Sight.REFUSED) {
            return "connection refused";
        }
        final String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        // The library appends the address, which stands beside the look anyway.
        final int address = message.indexOf(": ");
        final String text = cause instanceof IOException && !(cause instanceof SSLException) && address > 0
                ? message.substring(0, address)
                : message;
        return switch (sight) {
            case WRONG -> "no TLS as we speak it: " + text;
            case NOT_ASKED -> "we could not ask: " + text + remedy(text);
            case SILENT -> "no answer: " + text;
            default -> text;
        };
    }

    private static String remedy(String text) {
        return text.contains("open files") ? "; raise the limit of open files (LimitNOFILE)" : "";
    }

    private static Throwable root(Throwable error) {
        Throwable cause = error;
        // A decoder's or a channel's wrapping says less than what is inside.
        while (cause.getCause() != null
                && cause.getCause() != cause
                && (cause instanceof io.netty.handler.codec.DecoderException
                        || cause instanceof io.netty.channel.ChannelException
                        || cause instanceof ConnectException && cause.getCause() instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
