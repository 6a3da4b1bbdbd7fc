package main

// Zones whose clocks change in every way there is: at two or three o'clock, at midnight east and west of Greenwich, at
// the last hour of a day, by half an hour, by two hours, and around a moving month.
var changingZones = []string{
	"Europe/Zurich", "Europe/London", "America/New_York", "America/St_Johns", "America/Havana", "America/Santiago",
	"America/Nuuk", "Atlantic/Azores", "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Jerusalem",
	"Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Easter", "Antarctica/Troll", "Asia/Kolkata",
}

var nearSchedules = []string{
	"* * * * *", "*/15 * * * *", "0 * * * *", "30 */2 * * *", "0 0 * * *", "30 0 * * *", "0 1 * * *", "30 1 * * *",
	"15 2 * * *", "30 2 * * *", "0 3 * * *", "45 1-3 * * *", "15 4 * * *", "30 23 * * *", "0 3 * * 0", "0 3 * * 4",
	"0 3 * * 5", "0 3 * * 6", "30 2 * * 1", "0 0 * * 0", "0 5 29 * *", "0 5 1 * 0", "0 0 1 * *", "@every 90m",
}

var written = []string{
	// Number of fields.
	"", " ", "*", "* * * *", "* * * * * *", "0 0 0 * * *", "0 0 1 1 * 2026 *", "\t0\t2 * * *\n", " 0 2 * * * ",
	"0\u00a02 * * *", "0 2 * * *\u2003", "0 2 *\u0085* *", "0 2 * * *\ufeff", "0 2 * * *\u200b",
	// Bounds.
	"60 * * * *", "-1 * * * *", "* 24 * * *", "0 24 * * *", "0 0 0 * *", "0 0 32 * *", "* * * 0 *", "* * * 13 *",
	"0 0 * * 7", "0 0 * * 5-7", "0 0 * * SUN-SAT", "0 0 * * 8", "59 23 31 12 6", "0 0 1 1 0", "0-59 0-23 1-31 1-12 0-6",
	"0 0 99999999999999999999 * *", "9223372036854775808 * * * *", "*/9223372036854775807 * * * *",
	"*/9223372036854775808 * * * *",
	// Names.
	"0 0 * * SUN", "0 0 * * sun", "0 0 * * Mon-Fri", "0 0 * * MON-FRI", "0 0 * * FRI-MON", "0 0 * * sunday",
	"0 0 * * monday-friday", "0 0 * JAN *", "0 0 * jan-MAR *", "0 0 * january *", "0 0 * DEC-FEB *", "0 0 JAN * *",
	"0 SUN * * *", "0 0 * * MON,WED,FRI", "0 0 * * MON/2", "0 0 * * 1-FRI", "0 0 * JAN/3 *", "0 0 * * MON-FRI/2",
	"0 0 * * */MON", "0 0 * FEB SAT", "0 0 * * MOM",
	// Steps and ranges.
	"*/0 * * * *", "*/-5 * * * *", "*/1 * * * *", "*/2 * * * *", "*/59 * * * *", "*/60 * * * *", "*/100 * * * *",
	"5/15 * * * *", "5-40/15 * * * *", "59/1 * * * *", "10-5 * * * *", "5-5 * * * *", "1-2-3 * * * *", "1/2/3 * * * *",
	"*/ * * * *", "/5 * * * *", "5/ * * * *", "1- * * * *", "-5 * * * *", "1-5- * * * *", "1--5 * * * *", "*/+5 * * * *",
	"+5 * * * *", "1-+5 * * * *", "*/-0 * * * *", "*/00 * * * *", "005 002 * * *", "1.5 * * * *", "1e1 * * * *",
	"0x10 * * * *", "1_0 * * * *", "*-5 * * * *", "*-5-9 * * * *", "?-x/3 * * * *", "** * * * *", "*5 * * * *",
	"*,5 * * * *", "5,* * * * *", "1,,2 * * * *", ",1 * * * *", "1, * * * *", ", * * * *", "* , * * *", "* * , * *",
	"* * , * 1", "* * 1 * ,", "* * * , *", "0 0 * * ,", "1, 2 * * * *", "a * * * *", "\u0663 * * * *", "\uff11 * * * *",
	// The two day fields.
	"0 2 1 * 1", "0 2 1,15 * MON", "0 2 * * 1", "0 2 1 * *", "0 2 1 * ?", "0 2 ? * 1", "0 2 */2 * 1", "0 2 */1 * 1",
	"0 2 1-31 * 1", "0 2 1 * */2", "0 2 1 * 0-6", "0 2 1 * */7", "0 2 29 2 */7", "0 2 13 * 5", "0 2 *,13 * 5",
	"0 2 31 * 0", "0 2 31 2 1", "0 2 30 2 *", "0 2 31 4,6,9,11 *", "0 0 31 2 *", "0 0 30 2 ?", "0 0 29 2 *",
	"0 0 29 2 1", "0 0 29 2 ?", "0 0 31 * *", "59 23 31 12 *", "0 0 31 2 0",
	// Syntax of other schedulers.
	"0 0 L * *", "0 0 L-3 * *", "0 0 LW * *", "0 0 15W * *", "0 0 * * 5L", "0 0 * * 5#3", "0 0 * * MON#1", "H H * * *",
	"H/15 * * * *", "H(0-29)/10 * * * *", "0 0 ? * MON *", "0 0 * * * ?", "~ * * * *", "0 0 * * 1~5", "R * * * *",
	// Descriptors.
	"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly", "@reboot", "@Daily", "@DAILY",
	"@daily ", " @daily", "@", "@minutely", "@everyday", "@every", "@every ", "@every 1h", "@every 1h30m",
	"@every 90m", "@every 1s", "@every 59s", "@every 0", "@every 0s", "@every 500ms", "@every 1500ms", "@every 1.5h",
	"@every -1h", "@every +1h", "@every 1", "@every h", "@every 1d", "@every 1w", "@every  1h", "@every 1h ",
	"@every 1 h", "@every 1H", "@every .5h", "@every 1.h", "@every .h", "@every .s", "@every 1.2.3h", "@every 100us",
	"@every 2000000\u00b5s", "@every 2000000\u03bcs", "@every 9000000000ns", "@every 1h1h", "@every 30m1h",
	"@every 2562047h", "@every 2562048h", "@every 9223372036854775807ns", "@every 9223372036854775808ns",
	"@every -9223372036854775808ns", "@every 99999999999999999999h", "@every 0.3333333333333333333333333h",
	"@every 0.5000000000000h", "@every --1h", "@every +-1h", "@every 1e3s", "@every", "@every1h", "@every\t1h",
	// Time zones inside the schedule.
	"TZ=UTC 0 2 * * *", "CRON_TZ=Europe/Zurich 0 2 * * *", "CRON_TZ=UTC @daily", "TZ=", "CRON_TZ=", "TZ=UTC",
	"TZ=Europe/Pariss 0 2 * * *", "0 2 * * * TZ=UTC", "TZ=Local 0 2 * * *",
	// Everyday ones.
	"* * * * *", "0 * * * *", "0 2 * * *", "30 2 * * *", "0 3 * * 0", "0 2 * * 0", "15 3 1 * *", "0 */6 * * *",
	"0 9-17 * * 1-5", "*/5 9-17 * * MON-FRI", "0 22 * * 1-5", "23 0-20/2 * * *", "5 4 * * SUN", "0 0,12 1 */2 *",
	"0 4 8-14 * *", "0 0 1,15 * 3", "10 3 * 1-3 *", "0 0 1 1 *", "59 23 * * *", "0 0 28-31 * *",
	// Not schedules.
	"every day", "daily", "hourly", "none", "null", "0 2 * * * ; rm -rf /", "${SCHEDULE}", "{{ .Values.schedule }}",
	"0 2 * * *\n0 3 * * *", "\"0 2 * * *\"", "'0 2 * * *'", "# 0 2 * * *", "1h", "PT1H", "2026-01-01T00:00:00Z",
	"\U0001f600 * * * *", "0 2 * * *\u0000",
}
