namespace PushNet.Web.Security.Redaction;

/// <summary>Stands for an exception whose text holds secrets.</summary>
internal sealed class RedactedException : Exception
{
    private readonly string _text;

    private RedactedException(string message, string text)
        : base(message) => _text = text;

    /// <summary>What to log instead of an exception: itself when there is nothing secret in it.</summary>
    public static (Exception? Shown, bool IsRedacted) Of(Exception? exception)
    {
        if (exception is null)
        {
            return (null, false);
        }

        var text = exception.ToString();
        var redacted = Redactor.Redact(text);
        return ReferenceEquals(redacted, text)
            ? (exception, false) : (new RedactedException(Redactor.Redact(exception.Message), redacted), true);
    }

    public override string ToString() => _text;
}
