using System.Net;

namespace PushNet.Web.Commands;

/// <summary>A server that is not there, or says no; the message says why.</summary>
/// <param name="message">The sentence.</param>
/// <param name="status">What it answers; null: nothing.</param>
/// <param name="cause">What went wrong, where there is no answer.</param>
internal sealed class ServerException(string message, HttpStatusCode? status, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>True when asking for the same later may help.</summary>
    public bool MayPass => status is null or >= HttpStatusCode.InternalServerError;
}
