namespace PushNet.Web.Telemetry;

/// <summary>Why requests are refused, as the metric <c>pushnet.requests.refused</c> says it.</summary>
internal static class RefusalReason
{
    public const string Key = "key";
    public const string Scope = "scope";
    public const string Failures = "failures";
    public const string Query = "query";
    public const string Origin = "origin";
    public const string Handshake = "handshake";
    public const string Share = "share";
    public const string Filters = "filters";
    public const string Full = "full";
    public const string Draining = "draining";
    public const string Board = "board";

    /// <summary>Counts a refusal.</summary>
    public static void CountRefusal(this HttpContext context, string reason) =>
        context.RequestServices.GetRequiredService<ConnectionMetrics>().Refused(reason);
}
