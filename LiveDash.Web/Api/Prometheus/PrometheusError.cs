namespace LiveDash.Web.Api.Prometheus;

/// <summary>An error in the words of Prometheus' API: its kind (<c>bad_data</c>, <c>execution</c>, <c>timeout</c>), its text, and the HTTP status that goes with it.</summary>
internal sealed class PrometheusError(string kind, string message) : Exception(message)
{
    /// <summary>The kind, as the member <c>errorType</c> has it.</summary>
    public string Kind => kind;

    /// <summary>The HTTP status.</summary>
    public int Status => kind switch
    {
        "bad_data" => StatusCodes.Status400BadRequest,
        "timeout" => StatusCodes.Status503ServiceUnavailable,
        "not_found" => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>A parameter that cannot be read.</summary>
    public static PrometheusError Parameter(string name, string message) => new("bad_data", $"invalid parameter \"{name}\": {message}");
}
