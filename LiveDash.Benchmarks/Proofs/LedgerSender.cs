using System.Globalization;
using System.Net;
using System.Text;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>
/// One sender that numbers its points, one body after the other, and sends a body again until it is acknowledged: also to the next process, when one was killed.
/// Used by one task at a time.
/// </summary>
/// <param name="ledger">Takes what was tried and acknowledged.</param>
/// <param name="sender">Its number.</param>
/// <param name="points">How many points a body has.</param>
/// <param name="hasIds">Whether each point has an id, by which a repeat is known.</param>
/// <param name="query">Behind the path, such as <c>?ack=received</c>.</param>
/// <param name="isLine">True for InfluxDB's line protocol, in which a point has no id and is known again by its time and value.</param>
internal sealed class LedgerSender(Ledger ledger, int sender, int points, bool hasIds = true, string query = "", bool isLine = false)
{
    private long _first;

    /// <summary>How many bodies were refused for want of room, or because the store takes nothing.</summary>
    public int Refused { get; private set; }

    /// <summary>The status of the last refusal.</summary>
    public HttpStatusCode? LastRefusal { get; private set; }

    /// <summary>Sends one body.</summary>
    /// <returns>True where it was acknowledged; false where the answer was a refusal; null where there was no answer, and the server may be gone.</returns>
    public async Task<bool?> SendAsync(HttpClient client, CancellationToken cancellationToken = default)
    {
        ledger.Attempt(sender, _first, points);
        try
        {
            using var body = new StringContent(Body(), Encoding.UTF8, "application/x-ndjson");
            using var answer = await client.PostAsync(new Uri(isLine ? "/api/v2/write?bucket=proof&precision=ms" : "/api/points" + query, UriKind.Relative), body, cancellationToken);
            // Not before the whole acknowledgement has been read is it one.
            var said = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.StatusCode != (isLine ? HttpStatusCode.NoContent : HttpStatusCode.OK))
            {
                Refused++;
                LastRefusal = answer.StatusCode;
                return false;
            }

            if (!isLine && !said.Contains("\"rejected\":0", StringComparison.Ordinal)) throw new InvalidOperationException("A good point was rejected: " + said);
            ledger.Acknowledge(sender, _first, points);
            _first += points;
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private string Body()
    {
        var text = new StringBuilder();
        for (var value = _first; value < _first + points; value++)
        {
            if (isLine)
            {
                text.Append(CultureInfo.InvariantCulture, $"proof.{sender} value={value} {1_700_000_000_000 + value}\n");
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"{{\"series\":\"proof.{sender}\",\"t\":{1_700_000_000_000 + value},\"value\":{value}");
            if (hasIds) text.Append(CultureInfo.InvariantCulture, $",\"id\":\"{sender}-{value}\"");
            text.Append("}\n");
        }

        return text.ToString();
    }
}
