package org.tandemgw.gateway.trunks;

import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tandemgw.abswitch.BoxPath;
import org.tandemgw.abswitch.link.SerialPath;
import org.tandemgw.abswitch.link.SerialSettings;
import org.tandemgw.abswitch.link.SnmpPath;
import org.tandemgw.abswitch.link.SnmpSettings;
import org.tandemgw.abswitch.link.TcpPath;
import org.tandemgw.gateway.config.Secret;
import org.tandemgw.gateway.config.SnmpConfig;
import org.tandemgw.gateway.config.SwitchConfig;

/** From what the file says to the driver's adapters. No decisions but one: TCP comes before the serial line. */
final class TrunkPaths {
    private TrunkPaths() {}

    /**
     * The ways to one box, the preferred first. None is opened.
     *
     * @param loops for TCP
     * @param library folder of our own for the native part of the serial driver
     */
    static List<BoxPath> of(SwitchConfig config, EventLoopGroup loops, Path library) {
        final List<BoxPath> paths = new ArrayList<>();
        config.tcp()
                .ifPresent(to -> paths.add(
                        new TcpPath(loops, InetSocketAddress.createUnresolved(to.host(), to.port()), config.dscp())));
        config.serial().ifPresent(line -> paths.add(new SerialPath(serial(line), library)));
        config.snmp().ifPresent(agent -> paths.add(new SnmpPath(snmp(agent))));
        return paths;
    }

    private static SerialSettings serial(SwitchConfig.SerialLine line) {
        return new SerialSettings(
                line.device(),
                line.baud(),
                line.bits(),
                SerialSettings.Parity.valueOf(line.parity().name()),
                line.stop(),
                SerialSettings.Flow.valueOf(line.flow().name()));
    }

    private static SnmpSettings snmp(SwitchConfig.SnmpAgent agent) {
        return new SnmpSettings(
                InetSocketAddress.createUnresolved(
                        agent.target().host(), agent.target().port()),
                agent.community().map(Secret::value).orElse(null),
                agent.user().map(TrunkPaths::user).orElse(null));
    }

    private static SnmpSettings.User user(SnmpConfig.User user) {
        return new SnmpSettings.User(
                user.name(),
                SnmpSettings.Authentication.valueOf(user.auth().replace('-', '_')),
                user.authSecret().value(),
                SnmpSettings.Privacy.valueOf(user.priv().replace('-', '_')),
                user.privSecret().value());
    }
}
