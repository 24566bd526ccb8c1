using System.Globalization;
using System.Text;

namespace LiveDash.Benchmarks.Proofs.Brokers;

/// <summary>
/// Sends numbered points to a broker, a few messages at a time, and sends them again until the broker has confirmed them all: also to the next process, when one was killed. Used by one task.
/// </summary>
/// <param name="ledger">Takes what was tried and what the broker confirmed.</param>
/// <param name="sender">Its number, by which the checker knows its series.</param>
/// <param name="broker">Whom it sends to.</param>
/// <param name="hasIds">Whether each point has an id, by which a message that comes again is known.</param>
internal sealed class BrokerSender(Ledger ledger, int sender, IProofBroker broker, bool hasIds)
{
    private const int Batch = 50;
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private long _confirmed;

    /// <summary>How many points the broker has confirmed.</summary>
    public long Confirmed => Interlocked.Read(ref _confirmed);

    /// <summary>Whose messages these are.</summary>
    public string Series => string.Create(CultureInfo.InvariantCulture, $"proof.{sender}");

    /// <summary>Sends until it is told to stop; what is on its way then is confirmed first.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var isOpen = false;
        while (!stop.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource(s_patience);
            try
            {
                if (!isOpen) await broker.OpenAsync(limit.Token).WaitAsync(s_patience, CancellationToken.None);
                isOpen = true;
                ledger.Attempt(sender, _confirmed, Batch);
                await broker.PublishAsync([.. Enumerable.Range(0, Batch).Select(i => Message(_confirmed + i))], limit.Token).WaitAsync(s_patience, CancellationToken.None);
                ledger.Acknowledge(sender, _confirmed, Batch);
                Interlocked.Add(ref _confirmed, Batch);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The broker is gone, or going: each client says it in its own words. What it holds of these messages is open, so all of them are sent again.
                isOpen = false;
            }

            await Task.Delay(s_pace, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private byte[] Message(long value) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{{\"series\":\"{Series}\",\"t\":{1_700_000_000_000 + value},\"value\":{value}{(hasIds ? $",\"id\":\"{sender}-{value}\"" : "")}}}"));
}
