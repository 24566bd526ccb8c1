using System.Net;

namespace LiveDash.Web;

/// <summary><c>health</c> on the command line: asks a server that runs whether it is ready, for containers whose image has neither a shell nor curl.</summary>
internal static class HealthCommand
{
    private const string Usage = "LiveDash health [http://127.0.0.1:5000/readyz]";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    /// <summary>Asks once.</summary>
    /// <param name="args">What follows the word health: an address, or nothing.</param>
    /// <returns>0 where it answers 200; 1 where it answers otherwise or not at all; 2 where the address is none.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length > 1 || !Uri.TryCreate(args.Length == 0 ? "http://127.0.0.1:5000/readyz" : args[0], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            // Straight to it, whatever proxy the environment names.
            using var handler = new SocketsHttpHandler { UseProxy = false };
            using var client = new HttpClient(handler) { Timeout = s_patience };
            using var answer = await client.GetAsync(address);
            if (answer.StatusCode == HttpStatusCode.OK) return 0;
            await Console.Error.WriteLineAsync($"{address} answers {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {exception.Message}");
        }

        return 1;
    }
}
