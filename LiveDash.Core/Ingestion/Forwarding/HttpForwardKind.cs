using System.Net.Http.Headers;
using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Forwarding;

/// <summary>Ways onward by HTTP: to InfluxDB 1.x and 2.x, and to another LiveDash.</summary>
internal sealed class HttpForwardKind : ForwardKind, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = TimeSpan.FromSeconds(30) };

    private HttpForwardKind(ForwardHub hub, string name, string title, string help, bool isJson, IReadOnlyList<SourceField> fields)
        : base(hub) => (Name, Title, Help, IsJson, Fields) = (name, title, help, isJson, fields);

    public override string Name { get; }

    public override string Title { get; }

    public override string Help { get; }

    public override IReadOnlyList<SourceField> Fields { get; }

    protected override bool IsJson { get; }

    /// <summary>To InfluxDB.</summary>
    public static HttpForwardKind Influx(ForwardHub hub) => new(hub, "forward-influx", "InfluxDB", "Writes points on to InfluxDB as line protocol.", isJson: false,
    [
        new("url", "Address", SourceFieldType.Address, "http://127.0.0.1:8086", "InfluxDB's address.") { IsTarget = true },
        new("version", "Version", SourceFieldType.Choice, "1", "1 writes to a database, 2 to a bucket.") { Choices = ["1", "2"] },
        new("database", "Database or bucket", SourceFieldType.Text, "livedash", "It must be there."),
        new("organisation", "Organisation", SourceFieldType.Text, "", "Of version 2."),
        new("user", "User", SourceFieldType.Text, "", "Of version 1, where it asks for one."),
        new("secret", "Password or token", SourceFieldType.Secret, "", "The password of version 1, the token of version 2."),
        .. Shared,
    ]);

    /// <summary>To another LiveDash.</summary>
    public static HttpForwardKind LiveDash(ForwardHub hub) => new(hub, "forward-livedash", "Another LiveDash", "Sends points on to another LiveDash, with their locations.", isJson: true,
    [
        new("url", "Address", SourceFieldType.Address, "http://127.0.0.1:5001", "The other's address.") { IsTarget = true },
        new("secret", "Key", SourceFieldType.Secret, "", "Where the other asks for one."),
        .. Shared,
    ]);

    public void Dispose() => _client.Dispose();

    public override async Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Base(context), IsJson ? "readyz" : "ping"));
        Authorize(request, context);
        using var answer = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? $"{request.RequestUri} answers." : throw new HttpRequestException($"{request.RequestUri} answered {(int)answer.StatusCode}.");
    }

    protected override async Task SendAsync(SourceContext context, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Target(context)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(IsJson ? "application/x-ndjson" : "text/plain");
        Authorize(request, context);
        using var answer = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode) return;
        var said = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (said.Length > 300) said = said[..300];
        // 400 and 422 are about the points; the rest, a missing database too, may be mended.
        if ((int)answer.StatusCode is 400 or 413 or 422) throw new ForwardRefusedException(said);
        throw new HttpRequestException($"The receiver answered {(int)answer.StatusCode}: {said}");
    }

    private static Uri Base(SourceContext context) => new(context.Values.Text("url").TrimEnd('/') + "/");

    private Uri Target(SourceContext context)
    {
        if (IsJson) return new Uri(Base(context), "api/points");
        var database = Uri.EscapeDataString(context.Values.Text("database"));
        return context.Values.Text("version") == "1"
            ? new Uri(Base(context), $"write?db={database}&precision=ns")
            : new Uri(Base(context), $"api/v2/write?bucket={database}&org={Uri.EscapeDataString(context.Values.Text("organisation"))}&precision=ns");
    }

    private void Authorize(HttpRequestMessage request, SourceContext context)
    {
        var secret = context.Values.Text("secret");
        if (secret.Length == 0) return;
        request.Headers.Authorization = IsJson ? new AuthenticationHeaderValue("Bearer", secret)
            : context.Values.Text("version") == "2" ? new AuthenticationHeaderValue("Token", secret)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{context.Values.Text("user")}:{secret}")));
    }
}
