namespace PushNet.Web.Rest.Bodies;

/// <summary>What tells one body from another.</summary>
/// <param name="Path">The address that was asked.</param>
/// <param name="Query">What was asked of it, without the key.</param>
/// <param name="Version">The version of what the body shows.</param>
/// <param name="Encoding">The content coding that was asked for; empty for none.</param>
internal readonly record struct BodyKey(string Path, string Query, string Version, string Encoding)
{
    /// <summary>Roughly the memory that a body takes besides its bytes.</summary>
    public long Bytes => 512 + (sizeof(char) * (Path.Length + Query.Length));
}
