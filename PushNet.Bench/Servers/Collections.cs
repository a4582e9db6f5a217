namespace PushNet.Bench.Servers;

/// <summary>Garbage collections, each counted once, by the oldest generation it collected.</summary>
/// <param name="Gen0">Of the youngest only.</param>
/// <param name="Gen1">Of the two younger ones.</param>
/// <param name="Gen2">Of all.</param>
internal readonly record struct Collections(long Gen0, long Gen1, long Gen2)
{
    public static Collections operator +(Collections one, Collections other) =>
        new(one.Gen0 + other.Gen0, one.Gen1 + other.Gen1, one.Gen2 + other.Gen2);

    public static Collections operator -(Collections now, Collections then) =>
        new(now.Gen0 - then.Gen0, now.Gen1 - then.Gen1, now.Gen2 - then.Gen2);
}
