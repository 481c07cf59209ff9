package org.tandemgw.gateway.probe;

import io.netty.channel.ChannelInboundHandlerAdapter;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.profiles.yaml.HostPort;

/** Opens a connection and closes it. Nothing is sent. */
final class TcpLooker implements Looker {
    private final HostNames names;
    private final HostPort address;

    TcpLooker(HostNames names, HostPort address) {
        this.names = names;
        this.address = address;
    }

    @Override
    public void look(Attempt attempt) {
        names.find(
                address.host(),
                attempt,
                host -> TcpDial.connect(
                        attempt,
                        host,
                        address.port(),
                        new ChannelInboundHandlerAdapter(),
                        channel -> attempt.over(Sight.ANSWERED, "connected")));
    }
}
