using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Notifications;

/// <summary>The JSON that is posted, by kind of channel. Stateless, so safe on any thread.</summary>
internal static class WebhookBodies
{
    /// <summary>For how long an Alertmanager takes an alert to fire that it hears no more of.</summary>
    private static readonly TimeSpan FiresFor = TimeSpan.FromMinutes(4);

    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    /// <summary>The body of a delivery.</summary>
    /// <param name="channel">Where to.</param>
    /// <param name="delivery">What.</param>
    /// <param name="now">The wall clock in UTC ticks.</param>
    public static byte[] Write(ChannelConfig channel, Delivery delivery, long now)
    {
        if (!string.IsNullOrEmpty(channel.Template)) return Encoding.UTF8.GetBytes(NoticeText.Fill(channel.Template, delivery));
        return channel.Kind switch
        {
            "slack" => JsonSerializer.SerializeToUtf8Bytes(new { text = NoticeText.LinesWithLinks(delivery) }, Json),
            "alertmanager" => JsonSerializer.SerializeToUtf8Bytes(delivery.Notices.SelectMany(notice => ForAlertmanager(notice, now)), Json),
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
                link = notice.Link,
                picture = notice.Picture,
            }),
        };
    }

    // The form that Alertmanager's POST /api/v2/alerts takes. What fires has an end in the near future, so that its own time-out decides nothing: it is told
    // again each minute, and is over when LiveDash says so. Where the severity has changed, which is part of an alert's identity there, the old one ends.
    private static IEnumerable<object> ForAlertmanager(Notice notice, long now)
    {
        var isOver = notice.Kind == "resolved";
        var end = isOver ? notice.ResolvedAt ?? now : now + FiresFor.Ticks;
        yield return ForAlertmanager(notice, notice.Severity, end);
        if (notice.ToldSeverity is { } told && told != notice.Severity) yield return ForAlertmanager(notice, told, isOver ? end : now);
    }

    private static object ForAlertmanager(Notice notice, Severity severity, long end)
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["summary"] = $"{notice.Rule}: {notice.Series}", ["description"] = notice.Message,
        };
        if (notice.Value is { } value) annotations["value"] = value.ToString("R", CultureInfo.InvariantCulture);
        if (notice.Expression.Length > 0) annotations["expr"] = notice.Expression;
        return new
        {
            labels = AlertLabels.Of(notice.Rule, notice.Labels, notice.Series, severity), annotations, startsAt = Time(notice.FiredAt), endsAt = Time(Math.Max(end, notice.FiredAt)),
        };
    }

    private static string StatusOf(Notice notice) => notice.Kind == "resolved" ? "resolved" : "firing";

    private static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
