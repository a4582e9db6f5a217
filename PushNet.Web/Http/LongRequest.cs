using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace PushNet.Web.Http;

/// <summary>Requests that last for hours and are silent for minutes: sockets and ingest bodies.</summary>
internal static class LongRequest
{
    /// <summary>
    /// Lifts Kestrel's limits on size and minimum rate, which are made for uploads and downloads. The server itself decides which
    /// clients are too slow. HTTP/2 has no minimum rate for a single answer.
    /// </summary>
    public static void LiftLimits(IFeatureCollection features)
    {
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requestRate)
        {
            requestRate.MinDataRate = null;
        }

        LiftResponseRate(features);
    }

    /// <summary>Lifts the minimum rate at which the answer must be read.</summary>
    public static void LiftResponseRate(IFeatureCollection features)
    {
        if (features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate)
        {
            responseRate.MinDataRate = null;
        }
    }
}
