using System.Globalization;
using StackExchange.Redis;

namespace LiveDash.Core.Jobs.Redis;

/// <summary>How a job stands in Redis. Immutable.</summary>
internal sealed record RedisJobLook(string Status, int Attempt, int Progress, string Worker, string Error, long StartedAt, long Points, string Fingerprint, bool IsInStream)
{
    /// <summary>Reads what <see cref="RedisScripts.Look"/> gives; null where Redis knows nothing of the job.</summary>
    internal static RedisJobLook? Read(RedisResult result)
    {
        if (result.IsNull || result.Length != 9) return null;
        var text = (string[])result!;
        return new(text[0], (int)Number(text[1]), (int)Number(text[2]), text[3], text[4], Number(text[5]), Number(text[6]), text[7], text[8] == "1");
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
