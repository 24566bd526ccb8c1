using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Model;

namespace LiveDash.Core.Notifications;

/// <summary>The JSON that is posted, by kind of channel. Stateless, so safe on any thread.</summary>
internal static class WebhookBodies
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    /// <summary>The body of a delivery.</summary>
    public static byte[] Write(ChannelConfig channel, Delivery delivery)
    {
        if (!string.IsNullOrEmpty(channel.Template)) return Encoding.UTF8.GetBytes(NoticeText.Fill(channel.Template, delivery));
        return channel.Kind switch
        {
            "slack" => JsonSerializer.SerializeToUtf8Bytes(new { text = NoticeText.Lines(delivery) }, Json),
            "alertmanager" => JsonSerializer.SerializeToUtf8Bytes(delivery.Notices.Select(ForAlertmanager), Json),
            _ => WriteGeneral(delivery),
        };
    }

    /// <summary>The general form; commands get it too.</summary>
    public static byte[] WriteGeneral(Delivery delivery) => JsonSerializer.SerializeToUtf8Bytes(General(delivery), Json);

    // The first alert's members stand at the top too: a receiver of single notices need not look into the list.
    private static object General(Delivery delivery)
    {
        var first = delivery.Notices[0];
        return new
        {
            key = delivery.Key,
            channel = delivery.Channel,
            status = StatusOf(first),
            rule = first.Rule,
            series = first.Series,
            state = first.Kind,
            severity = NoticeText.Word(first.Severity),
            value = first.Value,
            message = NoticeText.Lines(delivery),
            alerts = delivery.Notices.Select(static notice => new
            {
                key = notice.Key,
                id = notice.AlertId,
                episode = notice.Episode,
                kind = notice.Kind,
                status = StatusOf(notice),
                rule = notice.Rule,
                ruleId = notice.RuleId,
                series = notice.Series,
                severity = NoticeText.Word(notice.Severity),
                value = notice.Value,
                peak = notice.Peak,
                firedAt = Time(notice.FiredAt),
                resolvedAt = notice.ResolvedAt is { } at ? Time(at) : null,
                reason = notice.Reason,
                labels = notice.Labels,
                message = notice.Message,
            }),
        };
    }

    // The form that Alertmanager's POST /api/v2/alerts takes.
    private static object ForAlertmanager(Notice notice)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (SeriesKey.TryParse(notice.Series, out var key))
        {
            foreach (var (name, value) in key!.Tags) labels[name] = value;
        }

        foreach (var (name, value) in notice.Labels) labels[name] = value;
        labels["alertname"] = notice.Rule;
        labels["series"] = notice.Series;
        labels["severity"] = NoticeText.Word(notice.Severity);
        var annotations = new { summary = notice.Message, value = notice.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "" };
        return notice.ResolvedAt is { } end
            ? new { labels, annotations, startsAt = Time(notice.FiredAt), endsAt = Time(end) }
            : new { labels, annotations, startsAt = Time(notice.FiredAt) };
    }

    private static string StatusOf(Notice notice) => notice.Kind == "resolved" ? "resolved" : "firing";

    private static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
