using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Remote;
using Microsoft.Net.Http.Headers;

namespace LiveDash.Web.Api.Points;

/// <summary>
/// Gives points to plot workers of their own only where they know <c>LiveDash:Jobs:WorkerKey</c>, as <c>Authorization: Bearer</c> or <c>X-Api-Key</c>. A worker
/// says that it is one (<see cref="RemotePoints.WorkerHeader"/>); who does not is not asked here. Thread-safe.
/// </summary>
internal sealed class WorkerKeyFilter(JobOptions options) : IEndpointFilter
{
    private const string KeyHeader = "X-Api-Key";
    private const string Bearer = "Bearer ";

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (options.WorkerKey.Length == 0 || !request.Headers.ContainsKey(RemotePoints.WorkerHeader) || options.IsWorkerKey(KeyOf(request))) return next(context);
        return ValueTask.FromResult<object?>(ApiProblem.Result(
            StatusCodes.Status401Unauthorized, "worker_key", "A worker gets points only with the key that LiveDash:Jobs:WorkerKey names; start it with --key or LIVEDASH_KEY."));
    }

    private static string KeyOf(HttpRequest request)
    {
        if (request.Headers[KeyHeader].ToString() is { Length: > 0 } key) return key;
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : "";
    }
}
