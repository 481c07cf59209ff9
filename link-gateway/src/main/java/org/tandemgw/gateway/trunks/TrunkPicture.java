package org.tandemgw.gateway.trunks;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.tandemgw.abswitch.CardPosition;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.status.GatewayStatus;

/** From what the driver knows to what status shows. Pure. */
final class TrunkPicture {
    private TrunkPicture() {}

    static GatewayStatus.TrunkSwitch of(
            SwitchConfig config, SwitchPositions positions, long epoch, boolean monitorOnly, Instant now) {
        return new GatewayStatus.TrunkSwitch(
                config.name(),
                Positions.shown(positions),
                positions.reach() == Reach.REACHABLE,
                positions.cards().stream().map(card -> card(config, card, now)).toList(),
                config.profile().name(),
                config.server(positions.position()),
                word(positions.reach()),
                positions.reachWhy(),
                positions.path(),
                ageMs(oldest(positions), now),
                positions.movedWithoutUs(),
                epoch,
                config.confirmed().orElse(null),
                monitorOnly);
    }

    /** When the card was read that was not read for the longest time; null if one never was. */
    private static Instant oldest(SwitchPositions positions) {
        Instant oldest = null;
        for (final CardPosition card : positions.cards()) {
            if (card.readAt() == null) {
                return null;
            }
            oldest = oldest == null || card.readAt().isBefore(oldest) ? card.readAt() : oldest;
        }
        return oldest;
    }

    private static GatewayStatus.Card card(SwitchConfig config, CardPosition card, Instant now) {
        return new GatewayStatus.Card(
                card.card(),
                card.position() == null ? "unknown" : Positions.shown(card.position()),
                card.lastOutcome() == null ? null : card.lastOutcome().name(),
                config.server(card.position()),
                ageMs(card.readAt(), now),
                card.movedWithoutUs());
    }

    private static Long ageMs(Instant readAt, Instant now) {
        return readAt == null ? null : Math.max(0, Duration.between(readAt, now).toMillis());
    }

    /** {@code authSuspected} for AUTH_SUSPECTED. */
    static String word(Reach reach) {
        final StringBuilder word = new StringBuilder();
        for (final String part : reach.name().split("_")) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
    }
}
