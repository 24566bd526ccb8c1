namespace LiveDash.Core.Jobs.Postgres;

/// <summary>
/// The tables of the queue and what is done with them, a statement a step. Who works on a job is known by its attempt number and its worker's name: every
/// statement of a worker checks both, so what a worker that was given up says late changes nothing. docs/JOBS.md tells what stands where.
/// </summary>
internal static class PostgresJobStatements
{
    /// <summary>Format and tables; a newer format is refused.</summary>
    internal const int Format = 1;

    // An image is compressed already. Every change of a job is told by the table itself, whoever makes it.
    internal const string Tables = """
        CREATE TABLE job_settings (one boolean PRIMARY KEY CHECK (one), format integer NOT NULL, claim_after interval NOT NULL, attempts integer NOT NULL);
        INSERT INTO job_settings VALUES (true, 1, '15 s', 3);
        CREATE SEQUENCE job_place;
        CREATE TABLE job (
            id text COLLATE "C" PRIMARY KEY, place bigint NOT NULL DEFAULT nextval('job_place'), status text NOT NULL DEFAULT 'queued',
            attempt integer NOT NULL, faults integer NOT NULL DEFAULT 0, progress integer NOT NULL DEFAULT 0, worker text NOT NULL DEFAULT '', started bigint NOT NULL DEFAULT 0,
            heard timestamptz NOT NULL DEFAULT now(), error text NOT NULL DEFAULT '', points bigint NOT NULL DEFAULT 0, fingerprint text NOT NULL DEFAULT '', plan text, expires timestamptz NOT NULL,
            CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')));
        CREATE INDEX job_open ON job (place) WHERE status IN ('queued', 'running');
        CREATE TABLE job_image (job text COLLATE "C" NOT NULL REFERENCES job ON DELETE CASCADE, format text NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (job, format));
        ALTER TABLE job_image ALTER COLUMN bytes SET STORAGE EXTERNAL;
        CREATE TABLE job_worker (
            name text COLLATE "C" PRIMARY KEY, host text NOT NULL, since bigint NOT NULL, seen bigint NOT NULL, job text NOT NULL, done bigint NOT NULL, failed bigint NOT NULL,
            rate double precision NOT NULL, heard timestamptz NOT NULL DEFAULT now());
        CREATE FUNCTION job_told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify(TG_TABLE_SCHEMA, NEW.id); RETURN NULL; END $$;
        CREATE TRIGGER job_new AFTER INSERT ON job FOR EACH ROW EXECUTE FUNCTION job_told();
        CREATE TRIGGER job_changed AFTER UPDATE ON job FOR EACH ROW
            WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.progress IS DISTINCT FROM NEW.progress OR OLD.attempt IS DISTINCT FROM NEW.attempt) EXECUTE FUNCTION job_told();
        """;

    /// <summary>$1 job, $2 least attempt, $3 plan, $4 how long it stays. Gives the status that stands.</summary>
    internal const string Push = """
        WITH new AS (
            INSERT INTO job AS j (id, attempt, plan, expires) VALUES ($1, $2, $3, now() + $4)
            ON CONFLICT (id) DO UPDATE SET status = 'queued', attempt = greatest(excluded.attempt, j.attempt + 1), faults = 0, progress = 0, worker = '', error = '',
                plan = excluded.plan, expires = excluded.expires, place = nextval('job_place')
            WHERE j.status = 'cancelled' RETURNING status)
        SELECT status FROM new UNION ALL SELECT status FROM job WHERE id = $1 LIMIT 1
        """;

    internal const string Look = "SELECT status, attempt, progress, worker, error, started, points, fingerprint FROM job WHERE id = $1";

    /// <summary>$1 job, $2 how long it stays.</summary>
    internal const string Cancel = "UPDATE job SET status = 'cancelled', plan = NULL, expires = now() + $2 WHERE id = $1 AND status IN ('queued', 'running')";

    /// <summary>$1 worker, $2 now in UTC ticks. A silent worker's job goes first; at its last fault it fails instead.</summary>
    internal const string Take = """
        WITH next AS (
            SELECT j.id, j.status = 'running' AS silent, j.status = 'running' AND j.faults + 1 >= s.attempts AS lost FROM job j, job_settings s
            WHERE j.status = 'queued' OR (j.status = 'running' AND j.heard < clock_timestamp() - s.claim_after)
            ORDER BY j.status DESC, j.place LIMIT 1 FOR UPDATE OF j SKIP LOCKED)
        UPDATE job j SET
            attempt = j.attempt + silent::int, faults = j.faults + silent::int, progress = 0, started = $2, heard = clock_timestamp(),
            status = CASE WHEN lost THEN 'failed' ELSE 'running' END,
            worker = CASE WHEN lost THEN j.worker ELSE $1 END,
            plan = CASE WHEN lost THEN NULL ELSE j.plan END,
            error = CASE WHEN lost THEN 'It was begun ' || j.faults + 1 || ' times, and each time its worker fell silent before it was done, the last time ' || j.worker || '.' ELSE '' END
        FROM next WHERE j.id = next.id RETURNING j.id, j.attempt, j.plan, lost
        """;

    // Of each of these $1 is the job, $2 the attempt, $3 the worker.
    private const string Mine = " WHERE id = $1 AND attempt = $2 AND worker = $3 AND status = 'running'";

    /// <summary>$4 percent. What is not on the disk when the server is killed costs a beat of a worker's heart.</summary>
    internal const string Report = "UPDATE job SET heard = clock_timestamp(), progress = $4" + Mine;

    /// <summary>$4 points, $5 fingerprint, $6 formats, $7 their bytes. A day: the server sets the true time when it takes the image over.</summary>
    internal const string Finish = """
        WITH mine AS (UPDATE job SET status = 'done', progress = 100, points = $4, fingerprint = $5, plan = NULL, expires = now() + interval '1 day'
        """ + Mine + """
         RETURNING id), kept AS (INSERT INTO job_image (job, format, bytes) SELECT mine.id, f.format, f.bytes FROM mine, unnest($6, $7) AS f (format, bytes))
        SELECT count(*)::int FROM mine
        """;

    /// <summary>$4 reason, $5 true where trying again would not help.</summary>
    internal const string Fail = """
        UPDATE job SET faults = faults + 1, progress = 0,
            attempt = CASE WHEN again THEN attempt + 1 ELSE attempt END,
            status = CASE WHEN again THEN 'queued' ELSE 'failed' END,
            place = CASE WHEN again THEN nextval('job_place') ELSE place END,
            plan = CASE WHEN again THEN plan END,
            error = CASE WHEN again THEN '' WHEN faults > 0 THEN 'It failed ' || faults + 1 || ' times, the last time with: ' || $4 ELSE $4 END
        FROM (SELECT job.id AS tried, NOT $5 AND job.faults + 1 < s.attempts AS again FROM job, job_settings s WHERE job.id = $1) t
        """ + Mine + " AND id = tried";

    internal const string Release = "UPDATE job SET status = 'queued', attempt = attempt + 1, progress = 0" + Mine;

    internal const string Tell = """
        INSERT INTO job_worker (name, host, since, seen, job, done, failed, rate) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (name) DO UPDATE SET host = excluded.host, since = excluded.since, seen = excluded.seen, job = excluded.job, done = excluded.done, failed = excluded.failed, rate = excluded.rate, heard = now()
        """;

    internal const string Workers = "SELECT name, host, since, seen, job, done, failed, rate FROM job_worker WHERE heard > now() - interval '10 s' ORDER BY name";

    internal const string ForgetWorkers = "DELETE FROM job_worker WHERE heard < now() - interval '1 minute'";

    internal const string ForgetJobs = "DELETE FROM job WHERE expires < now()";
}
