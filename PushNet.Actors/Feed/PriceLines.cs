using PushNet.Actors.Games;

namespace PushNet.Actors.Feed;

/// <summary>Reads lines about prices (docs/feeding.md#a-price). Pure.</summary>
internal static class PriceLines
{
    // Dividing by it drops trailing zeros of a decimal; adding 0.0 afterwards keeps one decimal.
    private const decimal NormalisingOne = 1.0000000000000000000000000000m;

    /// <summary>A line of the type <c>price</c>.</summary>
    public static PriceObservation ReadPrice(JsonFields fields)
    {
        var price = ReadAmerican(fields);
        var reason = fields.Word<WithdrawalReason>("reason");
        return reason is not null && price is not null
            ? throw new FieldException("reason says why an outcome is withdrawn, and this one has a price; leave one of them out")
            : new PriceObservation(
                fields.RequiredString("game_id"),
                new OutcomeKey(
                    fields.RequiredString("pn_market_type"),
                    fields.RequiredString("book"),
                    fields.RequiredString("outcome"),
                    Normalise(fields.Decimal("points"))),
                Normalise(price),
                fields.String("player_id"))
            {
                IsMain = fields.Boolean("main") ?? false,
                Reason = reason,
            };
    }

    /// <summary>A line of the type <c>withdraw</c>.</summary>
    public static WithdrawObservation ReadWithdrawal(JsonFields fields) => new(fields.RequiredString("game_id"))
    {
        Book = fields.String("book"),
        MarketType = fields.String("pn_market_type"),
        Reason = fields.Word<WithdrawalReason>("reason"),
    };

    private static decimal? ReadAmerican(JsonFields fields)
    {
        if (fields.Decimal("decimal") is { } odds)
        {
            return fields.Has("price")
                ? throw new FieldException("price and decimal are both there; send one of them")
                : AmericanOdds.OfDecimal(odds);
        }

        // A source of decimal odds withdraws with its own key.
        return fields.Has("decimal") && !fields.Has("price") ? null
            : fields.RequiredKey("price").Decimal("price") is { } price ? AmericanOdds.Checked(price)
            : null;
    }

    private static decimal? Normalise(decimal? number) => (number / NormalisingOne) + 0.0m;
}
