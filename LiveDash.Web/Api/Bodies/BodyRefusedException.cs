namespace LiveDash.Web.Api.Bodies;

/// <summary>A request body that cannot be taken as it was sent; <see cref="ErrorAnswers"/> and the routes that take points answer with what it says.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">A stable code, such as <c>truncated_body</c>.</param>
/// <param name="message">What is wrong, for people.</param>
internal sealed class BodyRefusedException(int status, string code, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>The body ends before its encoding does.</summary>
    public static BodyRefusedException Truncated(string encoding) =>
        new(StatusCodes.Status400BadRequest, "truncated_body", $"The body ends before its {encoding} encoding does: something of it was lost on the way.");

    /// <summary>The body is not what its <c>Content-Encoding</c> says.</summary>
    public static BodyRefusedException Bad(string encoding, string why) =>
        new(StatusCodes.Status400BadRequest, "bad_encoding", $"The body is not what its Content-Encoding, {encoding}, says: {why}");

    /// <summary>An encoding nobody knows, or more than one.</summary>
    public static BodyRefusedException Unsupported() =>
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported_encoding", "Content-Encoding is one of gzip, br, deflate and zstd, once, or absent.");
}
