using System.Collections;

namespace PushNet.Web.Security.Redaction;

/// <summary>What was logged, as its message and its named values, without secrets.</summary>
internal sealed class RedactedState : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly string _message;
    private readonly KeyValuePair<string, object?>[] _values;

    private RedactedState(string message, KeyValuePair<string, object?>[] values) => (_message, _values) = (message, values);

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <summary>What to log instead of a state; null when there is nothing secret in it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="message">How it reads.</param>
    public static RedactedState? Of(object? state, string message)
    {
        var redacted = Redactor.Redact(message);
        var changed = !ReferenceEquals(redacted, message);
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
        {
            return changed ? new RedactedState(redacted, []) : null;
        }

        var kept = new List<KeyValuePair<string, object?>>();
        foreach (var (name, value) in values)
        {
            var text = value as string ?? value?.ToString();
            var shown = text is null ? null : Redactor.Redact(text);
            var isSame = ReferenceEquals(shown, text);
            changed |= !isSame;
            kept.Add(KeyValuePair.Create(name, isSame ? value : shown));
        }

        return changed ? new RedactedState(redacted, [.. kept]) : null;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, object?>>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _message;
}
