namespace PushNet.Actors.Subscriptions;

/// <summary>The values that one key of a filter lets through. Equal when they are the same, in whatever order they were given.</summary>
public sealed class AnyOf : IEquatable<AnyOf>
{
    /// <summary>Lets everything through: the key was not given.</summary>
    public static readonly AnyOf Everything = new([]);

    private readonly HashSet<string> _values;

    private AnyOf(IEnumerable<string> values) => _values = new HashSet<string>(values, StringComparer.Ordinal);

    /// <summary>True for <see cref="Everything"/>.</summary>
    public bool IsEverything => _values.Count == 0;

    /// <summary>The values, sorted; none for <see cref="Everything"/>.</summary>
    public IEnumerable<string> Values => _values.Order(StringComparer.Ordinal);

    /// <summary>These values and no others.</summary>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static AnyOf The(params IReadOnlyCollection<string> values) =>
        values.Count > 0 ? new AnyOf(values) : throw new ArgumentException("a key of a filter needs a value", nameof(values));

    /// <summary>True when a value is let through.</summary>
    public bool Has(string value) => IsEverything || _values.Contains(value);

    /// <inheritdoc />
    public bool Equals(AnyOf? other) => other is not null && _values.SetEquals(other._values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AnyOf);

    /// <inheritdoc />
    public override int GetHashCode() => _values.Aggregate(0, (hash, value) => hash ^ StringComparer.Ordinal.GetHashCode(value));
}
