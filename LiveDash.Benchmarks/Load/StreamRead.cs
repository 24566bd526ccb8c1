using System.Diagnostics;

namespace LiveDash.Benchmarks.Load;

/// <summary>One whole answer, read and thrown away but for its lines.</summary>
/// <param name="FirstByteMs">Until the first byte of the body.</param>
/// <param name="TotalMs">Until the last.</param>
/// <param name="Lines">How many lines there were.</param>
/// <param name="Bytes">How many bytes.</param>
internal sealed record StreamRead(double FirstByteMs, double TotalMs, long Lines, long Bytes)
{
    /// <summary>Reads an answer to its end.</summary>
    public static async Task<StreamRead> RunAsync(HttpClient client, string path)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[256 * 1024];
        double first = 0;
        long lines = 0, bytes = 0;
        while (await body.ReadAsync(buffer) is > 0 and var read)
        {
            if (bytes == 0) first = clock.Elapsed.TotalMilliseconds;
            bytes += read;
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return new StreamRead(first, clock.Elapsed.TotalMilliseconds, lines, bytes);
    }
}
