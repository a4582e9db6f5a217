using System.Net;

namespace PushNet.Web.Commands;

/// <summary>A server that is not there, or says no; the message says why.</summary>
/// <param name="message">The sentence.</param>
/// <param name="status">The status that it answers. Null: it does not answer.</param>
/// <param name="cause">What went wrong if there is no answer.</param>
internal sealed class ServerException(string message, HttpStatusCode? status, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>True when asking for the same later may help.</summary>
    public bool MayPass => status is null or >= HttpStatusCode.InternalServerError;
}
